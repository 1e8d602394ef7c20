"""Silence is visible: each thing that must be true, by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

import pytest
from flask import Flask

from monitor.app import create_app
from monitor.catalog import Catalog
from monitor.clock import now
from monitor.edge.db import db
from monitor.settings import Settings
from monitor.store.beat import write_beat
from monitor.store.sending_line import SendingLineRow
from monitor.store.sweep_failure import SweepFailureRow
from tests.api.conftest import running
from tests.cast import Cast, Stage
from tests.client import Client


@pytest.fixture
def app(settings: Settings, catalog: Catalog) -> Iterator[Flask]:
    """An application on the real clock, since the database's own clock is what it is compared with."""
    yield from running(create_app(settings, catalog=catalog))


def beat(stage: Stage, *, scheduler: float = 0, worker: float = 0) -> None:
    """Both processes were alive so many seconds ago."""
    with stage.sessions.begin() as session:
        write_beat(session, name="scheduler", at=now() - dt.timedelta(seconds=scheduler))
        write_beat(session, name="worker", at=now() - dt.timedelta(seconds=worker))


def not_ready(client: Client) -> set[str]:
    answer = client.get("/health/ready")
    failing = {check["name"] for check in answer.json["checks"] if not check["is_ok"]}
    assert answer.status_code == (503 if failing else 200)
    assert answer.json["status"] == ("not ready" if failing else "ready")
    return failing


def test_it_lives_without_asking_anybody(client: Client) -> None:
    assert client.get("/health/live").json == {"status": "live"}


def test_it_is_ready_when_everything_is_true(client: Client, stage: Stage) -> None:
    beat(stage)

    assert not_ready(client) == set()
    names = [check["name"] for check in client.get("/health/ready").json["checks"]]
    assert names == ["database", "clock", "scheduler", "worker", "provider_line", "sweep", "disk"]


def test_it_misses_processes_that_never_ran(client: Client) -> None:
    assert not_ready(client) == {"scheduler", "worker"}


def test_it_sees_a_silent_process_after_two_missed_beats(client: Client, stage: Stage, settings: Settings) -> None:
    two_beats = settings.beat_every.total_seconds() * 2
    beat(stage, scheduler=two_beats - 5)
    assert not_ready(client) == set()

    beat(stage, scheduler=two_beats + 5)
    assert not_ready(client) == {"scheduler"}

    beat(stage, worker=two_beats + 5)
    assert not_ready(client) == {"worker"}


def test_it_takes_no_sign_of_life_from_the_future_h24(client: Client, stage: Stage) -> None:
    beat(stage, worker=-700)

    assert not_ready(client) == {"worker", "clock"}
    assert "nothing is sent" in client.get("/health/ready").text


def test_it_sees_a_stopped_line(client: Client, stage: Stage) -> None:
    beat(stage)
    with stage.sessions.begin() as session:
        session.add(SendingLineRow(name="sms", stopped_at=now(), reason="account refused"))

    assert not_ready(client) == {"provider_line"}


def test_it_sees_that_process_and_database_disagree_on_the_time(
    settings: Settings, catalog: Catalog, stage: Stage
) -> None:
    beat(stage)
    for late_by in (-11, 11):
        clock = partial(_late, dt.timedelta(minutes=late_by))
        for app in running(create_app(settings, catalog=catalog, clock=clock)):
            assert "clock" in not_ready(Client(app))


def _late(by: dt.timedelta) -> dt.datetime:
    return now() - by


def test_it_shows_a_treatment_that_failed_without_closing_the_house(client: Client, cast: Cast, stage: Stage) -> None:
    beat(stage)
    with stage.sessions.begin() as session:
        session.add(SweepFailureRow(treatment_id=cast.ada_treatment, at=now(), on=now().date(), error="KeyError"))

    assert not_ready(client) == set()
    checks = {check["name"]: check["detail"] for check in client.get("/health/ready").json["checks"]}
    assert checks["sweep"].startswith("1 ")


def test_it_sees_a_database_that_lost_its_tables(app: Flask, client: Client, stage: Stage) -> None:
    beat(stage)
    with app.app_context(), db.engine.begin() as connection:
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        connection.exec_driver_sql("DELETE FROM alembic_version")
    try:
        assert not_ready(client) == {"database"}
        assert "monitor migrate" in client.get("/health/ready").text
    finally:
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{version}')")
