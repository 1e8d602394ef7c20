"""`monitor generate` fills an empty database with invented people, and never one with anybody in it by mistake."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, func, select

from monitor.store.patient import PatientRow
from monitor.store.site import SiteRow
from tests.cli.conftest import Run

ON = dt.date(2026, 6, 15)
COMMAND = ("generate", "--patients", "25", "--seed", "4", "--on", str(ON))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("MONITOR_ENVIRONMENT", "test")
    monkeypatch.setenv("MONITOR_DATABASE_URL", database_url)


def test_it_fills_an_empty_database_and_says_how_fast(run: Run, engine: Engine) -> None:
    done = run(*COMMAND)

    assert done.exit_code == 0, done.output
    assert "25 invented patients with " in done.output
    assert people(engine) == 25
    with engine.connect() as connection:
        zones = set(connection.scalars(select(SiteRow.timezone)))
    assert zones == {"Europe/Paris", "Indian/Reunion"}


def test_nobody_falls_out_of_the_calendar(run: Run, engine: Engine) -> None:
    run(*COMMAND)

    conserved = run("conservation")

    assert conserved.exit_code == 0, conserved.output


def test_it_leaves_a_database_alone_that_has_somebody_in_it(run: Run, engine: Engine) -> None:
    run(*COMMAND)

    again = run(*COMMAND[:4], "5", *COMMAND[5:])

    assert again.exit_code == 1
    assert "not empty" in again.output
    assert people(engine) == 25


def test_it_adds_another_cohort_where_that_is_meant_and_never_the_same_one(run: Run, engine: Engine) -> None:
    run(*COMMAND)

    other = run(*COMMAND[:4], "5", *COMMAND[5:], "--into-existing")
    same = run(*COMMAND, "--into-existing")

    assert other.exit_code == 0, other.output
    assert people(engine) == 50
    assert same.exit_code == 1
    assert "is here already" in same.output


def test_it_refuses_a_day_to_come(run: Run, engine: Engine) -> None:
    done = run(*COMMAND[:-1], "2199-01-01")

    assert done.exit_code == 2
    assert people(engine) == 0


def test_it_refuses_production(run: Run, monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    monkeypatch.setenv("MONITOR_ENVIRONMENT", "production")

    done = run(*COMMAND)

    assert done.exit_code == 1
    assert "never meet real ones" in done.output
    assert people(engine) == 0


def people(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(PatientRow)) or 0
