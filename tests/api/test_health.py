"""Silence is visible: each thing that must be true, by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import update

from monitor.actions.lead import lead
from monitor.app import create_app
from monitor.catalog import Catalog
from monitor.clock import now
from monitor.edge.db import db
from monitor.settings import Settings
from monitor.store.beat import end_beats, write_beat
from monitor.store.lease import LeaseRow
from monitor.store.sending_line import SendingLineRow
from monitor.store.sweep_failure import SweepFailureRow
from tests.api.conftest import running
from tests.cast import Cast, Stage
from tests.client import Client

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def app(settings: Settings, catalog: Catalog) -> Iterator[Flask]:
    """An application on the real clock, since the database's own clock is what it is compared with."""
    yield from running(create_app(settings, catalog=catalog))


def beat(stage: Stage, *, scheduler: float = 0, worker: float = 0, instance: str = "1-one") -> None:
    """Both processes were alive so many seconds ago, and a scheduler leads."""
    with stage.sessions.begin() as session:
        write_beat(session, kind="scheduler", instance=instance, at=now() - dt.timedelta(seconds=scheduler))
        write_beat(session, kind="worker", instance=instance, at=now() - dt.timedelta(seconds=worker))
    lead(stage.sessions, holder="1-one", at=now(), settings=stage.settings)


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
    assert names == [
        "database",
        "clock",
        "scheduler",
        "worker",
        "leader",
        "provider_line",
        "mail",
        "sweep",
        "outside_monitor",
        "disk",
    ]


def test_it_misses_processes_that_never_ran(client: Client) -> None:
    assert not_ready(client) == {"scheduler", "worker", "leader"}


def test_it_sees_a_silent_process_after_two_missed_beats(client: Client, stage: Stage, settings: Settings) -> None:
    two_beats = settings.beat_every.total_seconds() * 2
    beat(stage, scheduler=two_beats - 5)
    assert not_ready(client) == set()

    beat(stage, scheduler=two_beats + 5)
    assert not_ready(client) == {"scheduler"}

    beat(stage, worker=two_beats + 5)
    assert not_ready(client) == {"worker"}


def details(client: Client) -> dict[str, str]:
    return {check["name"]: check["detail"] for check in client.get("/health/ready").json["checks"]}


def test_it_names_who_fell_silent_while_another_goes_on_g5(client: Client, stage: Stage, settings: Settings) -> None:
    beat(stage)
    beat(stage, worker=settings.beat_every.total_seconds() * 2 + 5, instance="2-two")

    assert not_ready(client) == set()
    assert "silent: 2-two for 65 s" in details(client)["worker"]
    assert "2 are alive" in details(client)["scheduler"]


def test_it_waits_for_nobody_who_said_farewell_but_for_somebody_to_take_over(
    client: Client, stage: Stage, settings: Settings
) -> None:
    beat(stage, worker=5)
    beat(stage, worker=90, instance="2-two")
    with stage.sessions.begin() as session:
        end_beats(session, instance="1-one", kinds=["worker"])
        end_beats(session, instance="2-two", kinds=["worker"])
    assert not_ready(client) == set()
    assert "silent" not in details(client)["worker"]

    with stage.sessions.begin() as session:
        write_beat(session, kind="worker", instance="1-one", at=now() - 2 * settings.beat_every - SECOND)
        end_beats(session, instance="1-one", kinds=["worker"])
    assert not_ready(client) == {"worker"}


def test_it_shows_who_leads_and_sees_when_nobody_does_h27(client: Client, stage: Stage, settings: Settings) -> None:
    beat(stage)
    beat(stage, instance="2-two")
    assert details(client)["leader"] == "1-one leads with fence 1, 0 stand by"

    with stage.sessions.begin() as session:
        session.execute(update(LeaseRow).values(expires_at=now() - SECOND))
    assert not_ready(client) == set()

    with stage.sessions.begin() as session:
        session.execute(update(LeaseRow).values(expires_at=now() - 2 * settings.beat_every - SECOND))
    assert not_ready(client) == {"leader"}
    assert "nobody has led for 61 s" in details(client)["leader"]


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
