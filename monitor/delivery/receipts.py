"""What the provider's word about a message that it has makes of it: by a receipt, a look in its list, or a question."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select, update

from monitor.delivery.codes import OPTED_OUT, TOLD_TO_STOP
from monitor.delivery.opt_out import withdraw_as_reported
from monitor.delivery.tasks import Topic, open_task_for_message
from monitor.delivery.transport import Found, Look, Receipt
from monitor.delivery.unreachable import doubt_number
from monitor.store.database_time import database_now
from monitor.store.locks import lock_patient
from monitor.store.message import AttemptOutcome, MessageAttemptRow, MessageRow, MessageState
from monitor.work import Work

_BECOMES = {
    Receipt.ACCEPTED: MessageState.ACCEPTED,
    Receipt.DELIVERED: MessageState.DELIVERED,
    Receipt.UNDELIVERED: MessageState.UNDELIVERED,
}
_FINAL = frozenset({MessageState.DELIVERED, MessageState.UNDELIVERED})
# What ended for another reason, or was refused, stays ended: the record keeps the id, and no more.
_ENDED = frozenset({MessageState.FAILED, MessageState.CANCELLED, MessageState.SUPPRESSED})


def record_receipt(work: Work, message_id: uuid.UUID, found: Found, *, attempt_id: uuid.UUID | None = None) -> str:
    """Let the message come as far as the provider says, never back (H40); gives its state. Twice changes nothing.

    A message that waits for its second sending, or is being sent again, is settled by it: the first copy is there.
    """
    hold_whose_number_it_is(work, message_id, found)
    message = work.session.get_one(MessageRow, message_id, with_for_update=True, populate_existing=True)
    if attempt_id is not None:
        _keep_sid(work, message, attempt_id, found.sid)
    before, becomes = MessageState(message.state), _BECOMES[found.receipt]
    if message.attempts == 0 or before in _ENDED | _FINAL or before is becomes:
        return before
    message.state = becomes
    message.provider_sid = message.provider_sid or found.sid
    message.lease_until, message.error_code, message.because = None, found.code, None
    message.empty_looks = 0
    message.settled_at = message.settled_at or work.at
    waits = becomes is MessageState.ACCEPTED
    message.look_at = database_now(work.session) + work.settings.receipt_awaited_for if waits else None
    work.session.flush()
    if becomes is MessageState.UNDELIVERED:
        _follow_failure(work, message, found.code)
    work.note(
        f"message.{becomes}",
        patient_id=message.patient_id,
        site_id=message.site_id,
        subject=str(message.id),
        why=found.code,
    )
    return becomes


def hold_whose_number_it_is(work: Work, message_id: uuid.UUID, look: Look) -> None:
    """Hold the patient where a number may be doubted: before the message, as everybody does."""
    if isinstance(look, Found) and look.receipt is Receipt.UNDELIVERED:
        patient_id = work.session.scalars(select(MessageRow.patient_id).where(MessageRow.id == message_id)).one()
        lock_patient(work.session, patient_id=patient_id)


def _follow_failure(work: Work, message: MessageRow, code: str | None) -> None:
    """What did not arrive is a nurse's task; what an opt-out stopped is one, whichever way we hear of it (H35)."""
    if code == OPTED_OUT:
        withdraw_as_reported(work, message.id)
        _tell_a_nurse(work, message, TOLD_TO_STOP, Topic.NO_CHANNEL)
        return
    _tell_a_nurse(work, message, f"a text message did not arrive ({code or 'no reason given'})")
    doubt_number(work, message.id, code=code)


def give_up_waiting(work: Work, message_id: uuid.UUID) -> str:
    """No word of an accepted message for as long as one waits: accepted is not delivered, so a nurse is told (H33)."""
    message = work.session.get_one(MessageRow, message_id, with_for_update=True, populate_existing=True)
    if message.state == MessageState.ACCEPTED and message.look_at is not None:
        message.look_at = None
        message.because = "no word of its arrival"
        work.session.flush()
        _tell_a_nurse(work, message, f"message {message.reference} was accepted, and nobody knows whether it arrived")
        work.note("message.silent", patient_id=message.patient_id, site_id=message.site_id, subject=str(message.id))
    return message.state


def attempt_of(work: Work, callback_token: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The attempt whose receipts come under that token, and its message; None where the token is none of ours."""
    found = work.session.execute(
        select(MessageAttemptRow.id, MessageAttemptRow.message_id).where(
            MessageAttemptRow.callback_token == callback_token
        )
    ).one_or_none()
    return None if found is None else (found.id, found.message_id)


def _keep_sid(work: Work, message: MessageRow, attempt_id: uuid.UUID, sid: str) -> None:
    """That attempt did leave, whatever was known of it before; its first id is kept."""
    kept = work.session.execute(
        update(MessageAttemptRow)
        .where(MessageAttemptRow.id == attempt_id, MessageAttemptRow.provider_sid.is_(None))
        .values(
            provider_sid=sid,
            outcome=AttemptOutcome.ACCEPTED,
            ended_at=func.coalesce(MessageAttemptRow.ended_at, database_now(work.session)),
        )
        .returning(MessageAttemptRow.id)
    ).first()
    if kept is not None:
        work.note("message.left", patient_id=message.patient_id, site_id=message.site_id, subject=str(message.id))


def _tell_a_nurse(work: Work, message: MessageRow, because: str, topic: Topic = Topic.UNDELIVERED) -> None:
    open_task_for_message(
        work,
        topic,
        message_id=message.id,
        patient_id=message.patient_id,
        because=because,
    )
