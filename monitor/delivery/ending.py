"""What is written when a message does not leave: held until later, ended, and for whom that becomes a task."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import update

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
    Ended.TOO_LATE: (MessageState.NEEDS_HUMAN, ReminderOutcome.TOO_LATE, Topic.TOO_LATE),
}


def end_message(work: Work, message: MessageRow, why: Ended) -> str:
    """End a message that waited; gives its new state. The row must be held by this transaction."""
    state, outcome, topic = _ENDINGS[why]
    if topic is not None:
        open_task_for_message(work, topic, message, because=f"a text message was not sent: {why}")
    work.session.execute(
        update(ReminderRow)
        .where(ReminderRow.message_id == message.id, ReminderRow.outcome == ReminderOutcome.QUEUED)
        .values(outcome=outcome)
    )
    _settle(work, message, state=state, because=why, settled_at=work.at)
    work.note(
        f"message.{state}", patient_id=message.patient_id, site_id=message.site_id, subject=str(message.id), why=why
    )
    return state


def set_aside(work: Work, message_id: uuid.UUID, *, kind: str) -> str:
    """Give a message that cannot even be judged to a person; `kind` names the fault, without its content."""
    message = work.session.get_one(MessageRow, message_id, with_for_update=True, populate_existing=True)
    if message.state != MessageState.PENDING:
        return "lost"
    open_task_for_message(work, Topic.FAILED, message, because=f"a text message could not be prepared ({kind})")
    because = f"could not be prepared: {kind}"[:200]
    _settle(work, message, state=MessageState.NEEDS_HUMAN, because=because, settled_at=work.at)
    work.note("message.needs_human", patient_id=message.patient_id, site_id=message.site_id,
              subject=str(message.id), why=because)  # fmt: skip
    return MessageState.NEEDS_HUMAN


def hold_message(work: Work, message: MessageRow, until: dt.datetime) -> str:
    """Let it wait for its window or for a day that has no message yet."""
    _settle(work, message, not_before_at=min(until, message.deadline_at))
    work.note("message.wait", patient_id=message.patient_id, site_id=message.site_id, subject=str(message.id))
    return "waiting"


def _settle(work: Work, message: MessageRow, **values: object) -> None:
    work.session.execute(
        update(MessageRow)
        .where(MessageRow.id == message.id, MessageRow.state == MessageState.PENDING)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
