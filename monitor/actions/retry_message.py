"""A person sends a text once more that failed, or that waits for a person."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, func, or_, select

from monitor.actions.acceptable import read_reason
from monitor.actions.permitted import permitted
from monitor.delivery.verdict import SHORTEST_VALIDITY
from monitor.store.message import AttemptOutcome, MessageAttemptRow, MessageRow, MessageState
from monitor.store.reminder import ReminderOutcome, ReminderRow
from monitor.terms import Conflict, Missing, Role
from monitor.work import Work

_FOR_A_PERSON = frozenset({MessageState.FAILED, MessageState.NEEDS_HUMAN})
_MOST_COPIES = 2
_FIELD = "message_id"


@permitted
def retry_message(work: Work, *, message_id: UUID, reason: str) -> UUID:
    """Let it wait for a worker again, who checks everything as for the first time. Its id.

    Nobody gets more than two copies, on the word of a person neither: where one may have left, this is the last (G3).
    Its task stays open until somebody closes it. Raises Missing, Unacceptable, Conflict: it is not for a person; it
    may have left twice; its time is over, so that somebody calls instead; nothing is left of what it says.
    """
    because = read_reason(reason)
    query = select(MessageRow).where(MessageRow.id == message_id)
    if work.by.role is not Role.SYSTEM:
        query = query.where(MessageRow.site_id.in_(work.by.site_ids))
    held = query.with_for_update().execution_options(populate_existing=True)
    message = work.session.scalars(held).one_or_none()
    if message is None:
        raise Missing("no such message", field=_FIELD)
    work.meets(message.patient_id)
    if message.state not in _FOR_A_PERSON:
        raise Conflict("only a text that failed or needs a person is sent again by one", field=_FIELD)
    copies = _copies(work, message_id)
    if copies >= _MOST_COPIES:
        raise Conflict("it may have arrived twice already", field=_FIELD)
    if work.at + SHORTEST_VALIDITY > message.deadline_at:
        raise Conflict("it is too late for this text: call instead", field=_FIELD)
    if not _says_something(work, message_id):
        raise Conflict("nothing is left of what it says", field=_FIELD)
    message.state = MessageState.PENDING
    message.settled_at = message.error_code = None
    message.because = "sent again by a person"
    message.not_before_at = work.at
    message.resends = max(message.resends, min(copies, 1))  # no look leads to yet another copy
    work.session.flush()
    work.note(
        "message.retry",
        patient_id=message.patient_id,
        site_id=message.site_id,
        subject=str(message.id),
        why=because,
    )
    return message.id


def _copies(work: Work, message_id: UUID) -> int:
    """How many copies may be out: each attempt of which it is not certain that nothing came of it."""
    may_have_left = or_(
        MessageAttemptRow.outcome.is_(None),
        MessageAttemptRow.outcome.in_([AttemptOutcome.ACCEPTED, AttemptOutcome.UNKNOWN]),
    )
    counted = select(func.count()).where(MessageAttemptRow.message_id == message_id, may_have_left)
    return work.session.scalar(counted) or 0


def _says_something(work: Work, message_id: UUID) -> bool:
    carried = exists().where(ReminderRow.message_id == message_id, ReminderRow.outcome == ReminderOutcome.QUEUED)
    return bool(work.session.scalar(select(carried)))
