"""Items that were moved by the release before have an appointment after the migration, and keep their history."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from monitor.store.appointment import AppointmentRow
from monitor.store.engine import make_engine
from monitor.store.event import EventRow
from monitor.store.schema import upgrade
from tests import postgresql

NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)
_TYPES: dict[type, Any] = {uuid.UUID: sa.Uuid, dt.datetime: sa.DateTime(timezone=True), dt.date: sa.Date}


def _insert(connection: sa.Connection, table: str, /, **values: Any) -> None:
    """A row of a table as the first release knew it: in plain types, without our classes."""
    known = [sa.column(column, _TYPES.get(type(value))) for column, value in values.items()]
    connection.execute(sa.insert(sa.table(table, *known)).values(**values))


def _write_a_treatment(connection: sa.Connection) -> uuid.UUID:
    site, patient, treatment = (uuid.uuid4() for _ in range(3))
    _insert(connection, "site", id=site, name="North", country="FR", timezone="Europe/Paris", created_at=NOW)
    _insert(
        connection, "patient", id=patient, site_id=site, family_name="Berger", given_name="Ada",
        birth_date="1980-02-29", sex="female", language="fr", version=1, created_at=NOW,
    )  # fmt: skip
    _insert(
        connection, "treatment", id=treatment, patient_id=patient, site_id=site, protocol="alemtuzumab.v1",
        profile="eu", started_on=TODAY, version=1, created_at=NOW,
    )  # fmt: skip
    return treatment


def _event(treatment: uuid.UUID, kind: str, **more: Any) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(), "treatment_id": treatment, "kind": kind, "on": TODAY, "is_retraction": False,
        "recorded_by": treatment, "recorded_at": NOW, **more,
    }  # fmt: skip


@pytest.fixture(params=("sqlite", "postgresql"))
def old_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind, without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/old.db"
        return
    with postgresql.database(request.getfixturevalue("postgresql_server"), name="monitor_of_an_old_release") as url:
        yield url.render_as_string(hide_password=False)


def test_a_move_its_successor_and_its_retraction_are_kept_and_no_such_event_is_left(old_database_url: str) -> None:
    upgrade(old_database_url, to="0001")
    engine = make_engine(old_database_url)
    with engine.begin() as connection:
        treatment = _write_a_treatment(connection)
        about: dict[str, Any] = {"key": "cbc/1.1", "reason": "a test"}
        first = _event(treatment, "moved", **about, to=TODAY + 2 * DAY)
        second = _event(treatment, "moved", **about, to=TODAY + 3 * DAY, replaces_id=first["id"])
        third = _event(treatment, "moved", **about, to=TODAY + 3 * DAY, replaces_id=second["id"], is_retraction=True)
        waived = _event(treatment, "waived", **about)
        for event in (first, second, third, waived):
            _insert(connection, "event", **event)

    upgrade(old_database_url)

    with Session(engine) as session:
        rows = session.scalars(sa.select(AppointmentRow).order_by(AppointmentRow.on, AppointmentRow.is_retraction))
        assert [(row.id, row.keys, row.on, row.replaces_id, row.recorded_at) for row in rows] == [
            (event["id"], ("cbc/1.1",), event["to"], event.get("replaces_id"), NOW) for event in (first, second, third)
        ]
        assert [row.id for row in session.scalars(sa.select(EventRow))] == [waived["id"]]
    engine.dispose()


@pytest.mark.parametrize(("kind", "more"), (("moved", {"key": "cbc/1.1"}), ("task_done", {}), ("waived", {"key": "x"})))
def test_the_rules_of_events_hold_on(engine: Engine, kind: str, more: dict[str, Any]) -> None:
    with engine.begin() as connection:
        event = EventRow(**_event(_write_a_treatment(connection), kind, **more))
    with Session(engine) as session:
        session.add(event)
        with pytest.raises(sa.exc.IntegrityError):
            session.flush()
