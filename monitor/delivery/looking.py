"""Looks for what may have left: two empty looks in a list that is proven to see, then one copy more, then a person.

Nobody else can say what became of a text whose answer was lost: the provider takes no idempotency key. So a message is
left alone for its quarantine, then looked for by its number and its exact words. Guarantee G3, hazards H31 and H61.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from monitor.delivery.list_check import Proof, proof_of_list
from monitor.delivery.receipts import give_up_waiting, hold_whose_number_it_is, record_receipt
from monitor.delivery.transport import CannotLook, Found, Look, SentText
from monitor.delivery.unsettled import hand_over
from monitor.store.database_time import database_now
from monitor.store.message import AttemptOutcome, MessageAttemptRow, MessageRow, MessageState
from monitor.work import Work

_LOOKS = 2
_OPEN = frozenset({MessageState.PENDING, MessageState.UNCERTAIN, MessageState.ACCEPTED})
_AT_ONCE = 200  # a pass; what is left is due at the next


@dataclass(frozen=True, slots=True)
class Looked:
    """One look that only we take: what to look for, or the id of what the provider has."""

    message_id: uuid.UUID
    look_at: dt.datetime  # until another may look, should we never come back
    sent: SentText
    sid: str | None


def due_looks(work: Work) -> Sequence[uuid.UUID]:
    """The messages whose next look is due, by the database's clock; the longest due first."""
    return work.session.scalars(
        select(MessageRow.id)
        .where(MessageRow.look_at.is_not(None), MessageRow.look_at <= database_now(work.session))
        .order_by(MessageRow.look_at)
        .limit(_AT_ONCE)
    ).all()


def take_look(work: Work, message_id: uuid.UUID) -> Looked | None:
    """Take the look for this worker alone; None where another one did. Commit before looking."""
    at = database_now(work.session)
    taken = work.session.execute(
        update(MessageRow)
        .where(MessageRow.id == message_id, MessageRow.look_at <= at)
        .values(look_at=at + work.settings.quarantine)
        .execution_options(synchronize_session=False)
        .returning(MessageRow.phone, MessageRow.text, MessageRow.state, MessageRow.provider_sid, MessageRow.look_at,
                   MessageRow.patient_id, MessageRow.site_id)
    ).one_or_none()  # fmt: skip
    if taken is None:
        return None
    work.note("message.look", patient_id=taken.patient_id, site_id=taken.site_id, subject=str(message_id))
    return Looked(
        message_id=message_id,
        look_at=taken.look_at,
        sent=SentText(to=taken.phone, body=taken.text, since=_may_have_left_since(work, message_id, at)),
        sid=taken.provider_sid if taken.state == MessageState.ACCEPTED else None,
    )


def peek(work: Work, message_id: uuid.UUID, *, since: dt.datetime | None = None) -> Looked | None:
    """What to look for outside of its turn: only what is found then counts. None where it is not open any more.

    `since`: for one that our own record never saw leave, when it may have left at the earliest.
    """
    columns = (MessageRow.phone, MessageRow.text, MessageRow.state, MessageRow.provider_sid)
    found = work.session.execute(select(*columns).where(MessageRow.id == message_id)).one_or_none()
    if found is None or found.state not in _OPEN:
        return None
    at = database_now(work.session)
    by_its_attempts = _may_have_left_since(work, message_id, at)
    return Looked(
        message_id=message_id,
        look_at=at,
        sent=SentText(to=found.phone, body=found.text, since=min(since or by_its_attempts, by_its_attempts)),
        sid=found.provider_sid if found.state == MessageState.ACCEPTED else None,
    )


def _may_have_left_since(work: Work, message_id: uuid.UUID, at: dt.datetime) -> dt.datetime:
    since = work.session.scalar(
        select(func.min(MessageAttemptRow.started_at)).where(
            MessageAttemptRow.message_id == message_id, MessageAttemptRow.outcome == AttemptOutcome.UNKNOWN
        )
    )
    return (since or at) - work.settings.clock_skew


def record_look(work: Work, looked: Looked, look: Look) -> str:
    """What the look makes of the message; gives its state, or `lost` where it is another's by now."""
    hold_whose_number_it_is(work, looked.message_id, look)
    message = work.session.get_one(MessageRow, looked.message_id, with_for_update=True, populate_existing=True)
    if message.look_at != looked.look_at:
        return "lost"
    if message.state == MessageState.ACCEPTED:
        return _after_acceptance(work, message, look)
    if isinstance(look, Found):
        return record_receipt(work, message.id, look)
    if work.at >= message.deadline_at:
        return _to_a_person(work, message)
    if isinstance(look, CannotLook):  # no empty look: it says nothing
        return _wait(work, message, work.settings.quarantine)
    proof = proof_of_list(work)
    if proof is Proof.OLD:
        return _wait(work, message, work.settings.look_again_after)
    message.empty_looks += 1
    if message.resends or proof is Proof.BLIND:  # what a blind list does not show proves nothing (H61)
        return _to_a_person(work, message)
    if message.empty_looks < _LOOKS:
        return _wait(work, message, work.settings.look_again_after)
    return _send_again(work, message)


def _after_acceptance(work: Work, message: MessageRow, look: Look) -> str:
    """It arrived, or did not, or nobody knows; whoever could not ask asks again, for as long once more (H33)."""
    asks_until = (message.settled_at or work.at) + 2 * work.settings.receipt_awaited_for
    if isinstance(look, CannotLook) and work.at < asks_until:
        return _wait(work, message, work.settings.quarantine)
    became = record_receipt(work, message.id, look) if isinstance(look, Found) else message.state
    return give_up_waiting(work, message.id) if became == MessageState.ACCEPTED else became


def _wait(work: Work, message: MessageRow, pause: dt.timedelta) -> str:
    message.look_at = database_now(work.session) + pause
    work.session.flush()
    work.note("message.not_found", patient_id=message.patient_id, site_id=message.site_id, subject=str(message.id))
    return message.state


def _send_again(work: Work, message: MessageRow) -> str:
    """Once, and only once: the claim checks everything again before it leaves (G3)."""
    message.state = MessageState.PENDING
    message.look_at, message.because = None, "twice not in the provider's list: sent once more"
    message.empty_looks, message.resends = 0, message.resends + 1
    message.not_before_at = min(work.at, message.deadline_at)
    work.session.flush()
    work.note("message.resend", patient_id=message.patient_id, site_id=message.site_id, subject=str(message.id))
    return MessageState.PENDING


def _to_a_person(work: Work, message: MessageRow) -> str:
    work.session.flush()
    return MessageState.NEEDS_HUMAN if hand_over(work, message.id) else message.state
