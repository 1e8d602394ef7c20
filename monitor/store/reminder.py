"""Which step of which item was said, by which message: the row whose key lets nothing be said twice (G4)."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, at_most, one_of
from monitor.store.message import MessageRow, MessageState
from monitor.store.recipient import Recipient


class ReminderOutcome(StrEnum):
    """What became of a reminder that fell due."""

    QUEUED = "queued"  # a message carries it; the message says how that went
    NO_CHANNEL = "no_channel"  # nobody to write to: a task; said after all if a channel appears in time
    TOO_LATE = "too_late"  # no longer true as a text: a task
    DROPPED = "dropped"  # the item was done, moved or ended before the message left


class ReminderRow(Base):
    """One reminder per treatment, item, due date, step, channel and person, carried by exactly one message.

    `time`: the hour agreed for that day, where one is.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("treatment_id", "item_key", "due_on", "step", "channel", "recipient"),
        one_of("channel", "sms"),
        one_of("recipient", Recipient),
        one_of("outcome", ReminderOutcome),
        at_most("item_key", 64),
        CheckConstraint("outcome <> 'queued' OR message_id IS NOT NULL", name="carried_by_a_message"),
        Index(None, "message_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"))
    item_key: Mapped[str]
    due_on: Mapped[dt.date]
    step: Mapped[int]
    channel: Mapped[str] = mapped_column(default="sms")
    recipient: Mapped[str] = mapped_column(default=Recipient.SELF.value)
    message_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("message.id"))
    time: Mapped[dt.time | None]
    last_on: Mapped[dt.date]
    outcome: Mapped[str]
    created_at: Mapped[dt.datetime]


_HAVE_LEFT = (MessageState.ACCEPTED, MessageState.DELIVERED)


def keys_reminded_of(session: Session, *, treatment_id: uuid.UUID) -> frozenset[str]:
    """The items about which the provider took a text over, and did not report that it failed."""
    query = (
        select(ReminderRow.item_key)
        .join(MessageRow, MessageRow.id == ReminderRow.message_id)
        .where(ReminderRow.treatment_id == treatment_id, MessageRow.state.in_(_HAVE_LEFT))
    )
    return frozenset(session.scalars(query))
