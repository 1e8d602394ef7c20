"""Text messages that are simply there, for tests about showing them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from monitor.store.message import AttemptOutcome, MessageAttemptRow, MessageRow, MessageState
from monitor.store.reminder import ReminderRow
from tests.cast import NOW, TODAY, Cast

TEXT = "Rappel: vous avez un rendez-vous a prendre."


def add_message(session: Session, cast: Cast, *, days_ago: int = 0, state: MessageState = MessageState.PENDING) -> UUID:
    """A reminder to Ada, pending or failed; its id."""
    message_id = uuid4()
    at = NOW - dt.timedelta(days=days_ago)
    session.add(
        MessageRow(
            id=message_id,
            patient_id=cast.ada,
            site_id=cast.north,
            recipient="self",
            phone="+33639980001",
            local_day=TODAY - dt.timedelta(days=days_ago),
            purpose="reminder",
            language="fr",
            text=TEXT,
            reference="AB12",
            state=state.value,
            not_before_at=at,
            deadline_at=at + dt.timedelta(hours=8),
            created_at=at,
            settled_at=None if state is MessageState.PENDING else at,
            error_code=None if state is MessageState.PENDING else "30003",
        )
    )
    session.flush()
    return message_id


def add_attempt(session: Session, message_id: UUID) -> None:
    """A call that the provider refused."""
    session.add(
        MessageAttemptRow(
            message_id=message_id, token="t" * 32, started_at=NOW, ended_at=NOW,
            outcome=AttemptOutcome.NUMBER_REFUSED.value, error_code="30003",
        )
    )  # fmt: skip


def add_reminder(session: Session, cast: Cast, message_id: UUID) -> None:
    """What it says: that a blood count of Ada's is due."""
    session.add(
        ReminderRow(
            treatment_id=cast.ada_treatment, item_key="cbc/1.1", due_on=TODAY, step=0, channel="sms",
            message_id=message_id, last_on=TODAY, outcome="queued", created_at=NOW,
        )
    )  # fmt: skip
