"""What the database itself refuses, whatever any process believes (G3, G4)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

import pytest
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from monitor.store.message import MessageAttemptRow, MessageRow
from monitor.store.reminder import ReminderRow
from tests.delivery.scene import MORNING, WEDNESDAY, Scene, due


@pytest.fixture
def queued(scene: Scene) -> Scene:
    scene.queue(due(WEDNESDAY))
    return scene


def copy(connection: Connection, table: type[MessageRow | ReminderRow]) -> Mapping[str, object]:
    return dict(connection.execute(select(table.__table__)).mappings().one())


def test_it_refuses_a_second_message_of_the_day_g4(queued: Scene) -> None:
    with queued.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(insert(MessageRow).values({**copy(connection, MessageRow), "id": uuid.uuid4()}))


def test_it_refuses_a_second_row_for_a_reminder_g4(queued: Scene) -> None:
    with queued.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(insert(ReminderRow).values({**copy(connection, ReminderRow), "id": uuid.uuid4()}))


def test_it_refuses_two_attempts_with_one_token_h31(queued: Scene) -> None:
    attempt = {"message_id": queued.message.id, "token": "t" * 43, "started_at": MORNING}
    with queued.engine.connect() as connection:
        connection.execute(insert(MessageAttemptRow).values(id=uuid.uuid4(), **attempt))
        with pytest.raises(IntegrityError):
            connection.execute(insert(MessageAttemptRow).values(id=uuid.uuid4(), **attempt))


@pytest.mark.parametrize(
    "values",
    [
        {"state": "sent"},
        {"state": "sending", "attempts": 1},  # without a lease
        {"lease_until": MORNING},  # while it waits
        {"state": "accepted", "attempts": 1, "settled_at": MORNING},  # without the provider's id
        {"state": "uncertain"},  # without an attempt
        {"state": "failed"},  # without the moment
        {"settled_at": MORNING},  # while it waits
        {"deadline_at": MORNING - dt.timedelta(days=9)},
        {"purpose": "advertisement"},
        {"recipient": "everybody"},
    ],
)
def test_it_refuses_a_message_that_makes_no_sense_h30_h33(queued: Scene, values: dict[str, object]) -> None:
    with Session(queued.engine) as session, pytest.raises(IntegrityError):
        session.execute(update(MessageRow).values(**values))


def test_it_refuses_a_queued_reminder_that_no_message_carries_g2(queued: Scene) -> None:
    with Session(queued.engine) as session, pytest.raises(IntegrityError):
        session.execute(update(ReminderRow).values(message_id=None))
