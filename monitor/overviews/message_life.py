"""The whole life of one text: what it says, each attempt, what was noted, and whose task it became."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, or_, select

from monitor.overviews.messages import READ_CONTENT, Message, message
from monitor.overviews.pages import fetch
from monitor.schedules.topics import TASKS
from monitor.store.alert import AlertRow
from monitor.store.audit import AuditEntryRow
from monitor.store.message import MessageAttemptRow, MessageRow
from monitor.store.reminder import ReminderRow
from monitor.work import Work


class Try(msgspec.Struct, frozen=True):
    """One call to the provider; `outcome` is None while it runs."""

    started_at: dt.datetime
    ended_at: dt.datetime | None
    outcome: str | None
    provider_sid: str | None
    error_code: str | None


class CarriedReminder(msgspec.Struct, frozen=True):
    """One step of one item that the text is about."""

    treatment_id: UUID
    item_key: str
    due_on: dt.date
    step: int
    outcome: str


class MessageNote(msgspec.Struct, frozen=True):
    """What was done about it, when, and by whom; `why` is None for whoever may not read content."""

    at: dt.datetime
    action: str
    role: str
    why: str | None


class MessageTask(msgspec.Struct, frozen=True):
    """An alert about what a text could not do, of a treatment that it speaks of, from its time on.

    `because`, which may name what is owed, is None for whoever may not read content.
    """

    id: UUID
    topic: str
    level: str
    opened_at: dt.datetime
    acknowledged_at: dt.datetime | None
    closed_at: dt.datetime | None
    because: str | None


class MessageLife(Message, frozen=True):
    """One message, and everything that happened to it, the oldest first.

    `look_at`: when the provider is asked next; `empty_looks` in a row did not find it; `resends`: one copy more.
    """

    look_at: dt.datetime | None
    empty_looks: int
    resends: int
    tries: tuple[Try, ...]
    reminders: tuple[CarriedReminder, ...]
    notes: tuple[MessageNote, ...]
    tasks: tuple[MessageTask, ...]


_LOOKS = (MessageRow.look_at, MessageRow.empty_looks, MessageRow.resends)
_TRY = (
    MessageAttemptRow.started_at, MessageAttemptRow.ended_at, MessageAttemptRow.outcome,
    MessageAttemptRow.provider_sid, MessageAttemptRow.error_code,
)  # fmt: skip
_REMINDER = (
    ReminderRow.treatment_id, ReminderRow.item_key, ReminderRow.due_on, ReminderRow.step, ReminderRow.outcome,
)  # fmt: skip
_NOTE = (AuditEntryRow.at, AuditEntryRow.action, AuditEntryRow.role, AuditEntryRow.why)
_TASK = (
    AlertRow.id, AlertRow.topic, AlertRow.level, AlertRow.opened_at, AlertRow.acknowledged_at, AlertRow.closed_at,
    AlertRow.because,
)  # fmt: skip


def message_life(work: Work, *, message_id: UUID) -> MessageLife:
    """One message with its life; `Missing` where there is none, or it is of another site.

    An administrator sees how it went, never what it was about.
    """
    found = message(work, message_id=message_id)
    reads = work.by.role in READ_CONTENT
    (looks,) = fetch(work, select(*_LOOKS).where(MessageRow.id == message_id))
    carried = fetch(work, _carried(message_id))
    notes = fetch(work, _notes(found))
    return MessageLife(
        **msgspec.structs.asdict(found),
        look_at=looks[0],
        empty_looks=looks[1],
        resends=looks[2],
        tries=tuple(Try(*row) for row in fetch(work, _tries(message_id))),
        reminders=tuple(CarriedReminder(*row) for row in carried) if reads else (),
        notes=tuple(MessageNote(at, action, role, why if reads else None) for at, action, role, why in notes),
        tasks=tuple(MessageTask(*(row if reads else (*row[:-1], None))) for row in fetch(work, _tasks(found))),
    )


def _tries(message_id: UUID) -> Select[*tuple[Any, ...]]:
    of_it = MessageAttemptRow.message_id == message_id
    return select(*_TRY).where(of_it).order_by(MessageAttemptRow.started_at, MessageAttemptRow.id)


def _carried(message_id: UUID) -> Select[*tuple[Any, ...]]:
    of_it = ReminderRow.message_id == message_id
    return select(*_REMINDER).where(of_it).order_by(ReminderRow.due_on, ReminderRow.item_key, ReminderRow.step)


def _notes(found: Message) -> Select[*tuple[Any, ...]]:
    of_it = (AuditEntryRow.patient_id == found.patient_id, AuditEntryRow.subject == str(found.id))
    return select(*_NOTE).where(*of_it).order_by(AuditEntryRow.id)


def _tasks(found: Message) -> Select[*tuple[Any, ...]]:
    treatments = select(ReminderRow.treatment_id).where(ReminderRow.message_id == found.id)
    about_texts = or_(*(AlertRow.topic.startswith(word) for word in TASKS))
    of_it = (AlertRow.treatment_id.in_(treatments), about_texts, AlertRow.opened_at >= found.created_at)
    return select(*_TASK).where(*of_it).order_by(AlertRow.opened_at, AlertRow.id)
