"""Items that were moved by the release before have an appointment after the migration, and keep their history."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from monitor.store.appointment import AppointmentRow
from monitor.store.engine import make_engine
from monitor.store.event import EventRow
from monitor.store.schema import upgrade
from tests.store.old_release import NOW, insert, write_a_treatment

TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def _event(treatment: uuid.UUID, kind: str, **more: Any) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(), "treatment_id": treatment, "kind": kind, "on": TODAY, "is_retraction": False,
        "recorded_by": treatment, "recorded_at": NOW, **more,
    }  # fmt: skip


def test_a_move_its_successor_and_its_retraction_are_kept_and_no_such_event_is_left(old_database_url: str) -> None:
    upgrade(old_database_url, to="0001")
    engine = make_engine(old_database_url)
    with engine.begin() as connection:
        *_, treatment = write_a_treatment(connection)
        about: dict[str, Any] = {"key": "cbc/1.1", "reason": "a test"}
        first = _event(treatment, "moved", **about, to=TODAY + 2 * DAY)
        second = _event(treatment, "moved", **about, to=TODAY + 3 * DAY, replaces_id=first["id"])
        third = _event(treatment, "moved", **about, to=TODAY + 3 * DAY, replaces_id=second["id"], is_retraction=True)
        waived = _event(treatment, "waived", **about)
        for event in (first, second, third, waived):
            insert(connection, "event", **event)

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
        event = EventRow(**_event(write_a_treatment(connection)[2], kind, **more))
    with Session(engine) as session:
        session.add(event)
        with pytest.raises(sa.exc.IntegrityError):
            session.flush()
