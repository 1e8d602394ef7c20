"""What is written when a message does not leave: held until later, ended, and for whom that becomes a task."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import select, update

from monitor.delivery.tasks import Topic, open_task_for_message
from monitor.delivery.verdict import Ended
from monitor.store.message import MessageRow, MessageState
from monitor.store.reminder import ReminderOutcome, ReminderRow
from monitor.work import Work

# What becomes of the message, of the reminders in it, and whose task it is.
_ENDINGS: dict[Ended, tuple[MessageState, ReminderOutcome, Topic | None]] = {
    Ended.DIED: (MessageState.CANCELLED, ReminderOutcome.DROPPED, None),
    Ended.UNTRUE: (MessageState.SUPPRESSED, ReminderOutcome.DROPPED, None),
    Ended.NO_CONSENT: (MessageState.SUPPRESSED, ReminderOutcome.NO_CHANNEL, Topic.NO_CHANNEL),
    Ended.NO_PHONE: (MessageState.SUPPRESSED, ReminderOutcome.NO_CHANNEL, Topic.NO_CHANNEL),
    Ended.NO_CAREGIVER: (MessageState.SUPPRESSED, ReminderOutcome.NO_CHANNEL, Topic.NO_CHANNEL),
    Ended.WRONG_NUMBER: (MessageState.SUPPRESSED, ReminderOutcome.NO_CHANNEL, Topic.NO_CHANNEL),
    Ended.UNCONFIRMED: (MessageState.SUPPRESSED, ReminderOutcome.NO_CHANNEL, Topic.NO_CHANNEL),
    Ended.NOT_ADDRESSED: (MessageState.SUPPRESSED, ReminderOutcome.DROPPED, None),
    Ended.UNWRITABLE: (MessageState.SUPPRESSED, ReminderOutcome.NO_CHANNEL, Topic.NO_CHANNEL),
    Ended.TOO_LATE: (MessageState.NEEDS_HUMAN, ReminderOutcome.TOO_LATE, Topic.TOO_LATE),
}


def end_message(work: Work, message: MessageRow, why: Ended) -> str:
    """End a message that waited; gives its new state. The row must be held by this transaction."""
    state, outcome, topic = _ENDINGS[why]
    if topic is not None:
        open_task_for_message(
            work,
            topic,
            message_id=message.id,
            patient_id=message.patient_id,
            because=f"a text message was not sent: {why}",
        )
    work.session.execute(
        update(ReminderRow)
        .where(ReminderRow.message_id == message.id, ReminderRow.outcome == ReminderOutcome.QUEUED)
        .values(outcome=outcome)
    )
    _settle(work, message.id, state=state, because=why, settled_at=work.at)
    work.note(
        f"message.{state}", patient_id=message.patient_id, site_id=message.site_id, subject=str(message.id), why=why
    )
    return state


def set_aside(work: Work, message_id: uuid.UUID, *, kind: str) -> str:
    """Give a message that cannot even be judged to a person; `kind` names the fault, without its content.

    Only whose it is is read: any other cell, and the zone of its site, may be what cannot be read.
    """
    whose = work.session.execute(
        select(MessageRow.patient_id, MessageRow.site_id)
        .where(MessageRow.id == message_id, MessageRow.state == MessageState.PENDING)
        .with_for_update()
    ).one_or_none()
    if whose is None:
        return "lost"
    open_task_for_message(
        work,
        Topic.FAILED,
        message_id=message_id,
        patient_id=whose.patient_id,
        because=f"a text message could not be prepared ({kind})",
    )
    because = f"could not be prepared: {kind}"[:200]
    _settle(work, message_id, state=MessageState.NEEDS_HUMAN, because=because, settled_at=work.at)
    work.note("message.needs_human", patient_id=whose.patient_id, site_id=whose.site_id,
              subject=str(message_id), why=because)  # fmt: skip
    return MessageState.NEEDS_HUMAN


def strike_out(work: Work, message_id: uuid.UUID, *, kind: str) -> str:
    """End a message of which not even that can be read, so that it never stands before the others again."""
    because = f"could not be prepared nor handed over: {kind}"[:200]
    _settle(
        work,
        message_id,
        state=MessageState.NEEDS_HUMAN,
        because=because,
        settled_at=work.at,
        not_before_at=work.at,
        deadline_at=work.at,
        attempts=0,
    )
    work.note("message.needs_human", subject=str(message_id), why=because)
    return MessageState.NEEDS_HUMAN


def hold_message(work: Work, message: MessageRow, until: dt.datetime) -> str:
    """Let it wait for its window or for a day that has no message yet."""
    _settle(work, message.id, not_before_at=min(until, message.deadline_at))
    work.note("message.wait", patient_id=message.patient_id, site_id=message.site_id, subject=str(message.id))
    return "waiting"


def _settle(work: Work, message_id: uuid.UUID, **values: object) -> None:
    work.session.execute(
        update(MessageRow)
        .where(MessageRow.id == message_id, MessageRow.state == MessageState.PENDING)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
