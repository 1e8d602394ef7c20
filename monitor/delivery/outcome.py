"""What each answer of the provider makes of a message; every write holds only for the attempt that asked."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update

from monitor.delivery.claim import Claimed
from monitor.delivery.consent import REPORTED_BY_PROVIDER, note_caregiver_consent, note_consent
from monitor.delivery.line import open_line, stop_line
from monitor.delivery.receipts import record_receipt
from monitor.delivery.tasks import Topic, local_day, open_task_for_message
from monitor.delivery.transport import AccountRefused, Found, NotSent, NumberRefused, Outcome, Receipt, Sent, Unknown
from monitor.store.caregiver import present_caregiver
from monitor.store.database_time import database_now
from monitor.store.locks import lock_patient
from monitor.store.message import AttemptOutcome, MessageAttemptRow, MessageRow, MessageState
from monitor.store.recipient import Recipient
from monitor.store.treatment import call_for_attention, find_treatments
from monitor.work import Work

_LONGEST_PAUSE = dt.timedelta(days=1)  # after that no reminder waits for its turn any more
_NO_CODE = re.compile(r"[^\x20-\x7e]")  # a code is a word of ours or a number of the provider's, never what it sent


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the effect of an answer depends on."""

    attempts: int
    not_before_at: dt.datetime
    deadline_at: dt.datetime


@dataclass(frozen=True, slots=True)
class _Effect:
    """What to write of the message and of its attempt, and the task that follows."""

    state: MessageState
    attempt: AttemptOutcome
    message: dict[str, Any] = field(default_factory=dict)
    code: str | None = None
    sid: str | None = None
    task: tuple[Topic, str] | None = None


def record_outcome(work: Work, claimed: Claimed, outcome: Outcome, *, only_the_answer: bool = False) -> str:
    """Write what the provider answered; gives the new state, or `lost` when the attempt is no longer the valid one.

    `only_the_answer` leaves out what else follows from an opt-out, where a record of the patient cannot be used: the
    task that it opens tells a nurse.
    """
    is_opt_out = isinstance(outcome, NumberRefused) and outcome.is_opt_out
    if is_opt_out:
        lock_patient(work.session, patient_id=claimed.patient_id)  # before the message, as everybody takes them
    effect = _effect(work, _standing(work, claimed), outcome)
    is_ours = _write(work, claimed, effect)
    if is_ours and effect.task is not None:
        topic, because = effect.task
        open_task_for_message(
            work,
            topic,
            message_id=claimed.message_id,
            patient_id=claimed.patient_id,
            site_id=claimed.site_id,
            because=because,
        )
    if is_opt_out and not only_the_answer:
        _withdraw_consent(work, claimed)
    if isinstance(outcome, AccountRefused):
        stop_line(work, reason=f"the provider refuses the account ({effect.code})",
                  probe_after=work.settings.back_off_longest)  # fmt: skip
    elif claimed.is_probe and isinstance(outcome, Sent | NumberRefused):
        open_line(work)
    if not is_ours:
        return _late(work, claimed, outcome)
    work.note(
        f"message.{effect.attempt}",
        patient_id=claimed.patient_id,
        site_id=claimed.site_id,
        subject=str(claimed.message_id),
        why=effect.code,
    )
    return effect.state


def give_back(work: Work, claimed: Claimed) -> str:
    """Return a message whose lease is too short for the call: nothing was sent."""
    effect = _Effect(MessageState.PENDING, AttemptOutcome.GIVEN_BACK)
    is_ours = _write(work, claimed, effect)
    work.note("message.give_back", patient_id=claimed.patient_id, site_id=claimed.site_id,
              subject=str(claimed.message_id))  # fmt: skip
    return "given_back" if is_ours else "lost"


def _standing(work: Work, claimed: Claimed) -> _Standing:
    columns = (MessageRow.attempts, MessageRow.not_before_at, MessageRow.deadline_at)
    held = work.session.execute(select(*columns).where(MessageRow.id == claimed.message_id).with_for_update()).one()
    return _Standing(*held)


def _effect(work: Work, message: _Standing, outcome: Outcome) -> _Effect:
    if isinstance(outcome, Sent):
        return _sent(work, outcome)
    if isinstance(outcome, NotSent):
        asked = min(outcome.retry_after or dt.timedelta(0), _LONGEST_PAUSE)
        delay = max(_back_off(work, message.attempts), asked)
        values = {"not_before_at": min(max(work.at + delay, message.not_before_at), message.deadline_at)}
        return _Effect(MessageState.PENDING, AttemptOutcome.NOT_SENT, values, code=_clean(outcome.why))
    if isinstance(outcome, AccountRefused):
        return _Effect(MessageState.PENDING, AttemptOutcome.ACCOUNT_REFUSED, code=_clean(outcome.code))
    if isinstance(outcome, NumberRefused):
        return _refused(work, outcome)
    return _unknown(work, outcome)


def _unknown(work: Work, outcome: Unknown) -> _Effect:
    """Nobody looks before the quarantine is over: what was accepted late shows late."""
    look_at = database_now(work.session) + work.settings.quarantine
    values = {"because": "the provider's answer is not known", "look_at": look_at, "empty_looks": 0}
    return _Effect(MessageState.UNCERTAIN, AttemptOutcome.UNKNOWN, values, code=_clean(outcome.why))


def _sent(work: Work, outcome: Sent) -> _Effect:
    """Accepted is not delivered: somebody asks after it, unless the transport knows already (H33)."""
    values: dict[str, Any] = {"provider_sid": outcome.sid, "settled_at": work.at}
    if outcome.is_delivered:
        return _Effect(MessageState.DELIVERED, AttemptOutcome.ACCEPTED, values, sid=outcome.sid)
    values["look_at"] = database_now(work.session) + work.settings.receipt_awaited_for
    return _Effect(MessageState.ACCEPTED, AttemptOutcome.ACCEPTED, values, sid=outcome.sid)


def _clean(code: str) -> str | None:
    """Short and printable, or none: a database must be able to hold it."""
    return _NO_CODE.sub("", code)[:32] or None


def _refused(work: Work, outcome: NumberRefused) -> _Effect:
    code = _clean(outcome.code)
    if outcome.is_opt_out:
        why, topic = "the provider was told to stop text messages to this number", Topic.NO_CHANNEL
    else:
        why, topic = f"the provider refuses the number ({code})", Topic.FAILED
    values = {"settled_at": work.at, "because": why}
    return _Effect(MessageState.FAILED, AttemptOutcome.NUMBER_REFUSED, values, code=code, task=(topic, why))


def _back_off(work: Work, attempts: int) -> dt.timedelta:
    """Twice as long after each attempt, up to the longest."""
    settings = work.settings
    doublings = min(max(attempts - 1, 0), 20)
    return min(settings.back_off_first * (1 << doublings), settings.back_off_longest)


def _write(work: Work, claimed: Claimed, effect: _Effect) -> bool:
    """True if the attempt was still the valid one; else nothing was changed."""
    written = work.session.execute(
        update(MessageRow)
        .where(
            MessageRow.id == claimed.message_id,
            MessageRow.state == MessageState.SENDING,
            MessageRow.attempt_token == claimed.token,
        )
        .values(state=effect.state, lease_until=None, error_code=effect.code, **effect.message)
        .execution_options(synchronize_session=False)
        .returning(MessageRow.id)
    ).first()
    if written is not None:
        work.session.execute(
            update(MessageAttemptRow)
            .where(MessageAttemptRow.token == claimed.token, MessageAttemptRow.ended_at.is_(None))
            .values(
                ended_at=database_now(work.session),
                outcome=effect.attempt,
                provider_sid=effect.sid,
                error_code=effect.code,
            )
        )
    return written is not None


def _late(work: Work, claimed: Claimed, outcome: Outcome) -> str:
    """The answer to an attempt that lost its lease: that it left is believed even now, nothing else is."""
    if isinstance(outcome, Sent):
        attempt_id = work.session.scalar(select(MessageAttemptRow.id).where(MessageAttemptRow.token == claimed.token))
        receipt = Receipt.DELIVERED if outcome.is_delivered else Receipt.ACCEPTED
        record_receipt(work, claimed.message_id, Found(outcome.sid, receipt), attempt_id=attempt_id)
        work.note("message.late_answer", patient_id=claimed.patient_id, site_id=claimed.site_id,
                  subject=str(claimed.message_id))  # fmt: skip
    return "lost"


def _withdraw_consent(work: Work, claimed: Claimed) -> None:
    """An opt-out that the provider reports is the same fact as one that we were told, by whoever got the text (H35).

    The next sweep follows the treatments up, and finds another channel for what is to come.
    """
    recipient = work.session.scalar(select(MessageRow.recipient).where(MessageRow.id == claimed.message_id))
    said: dict[str, Any] = {"patient_id": claimed.patient_id, "site_id": claimed.site_id}
    heard: dict[str, Any] = {"is_given": False, "reason": REPORTED_BY_PROVIDER}
    if recipient != Recipient.CAREGIVER:
        note_consent(work, **said, **heard, action="withdraw_sms_consent")
    elif (caregiver := present_caregiver(work.session, patient_id=claimed.patient_id)) is not None:
        note_caregiver_consent(work, caregiver_id=caregiver.id, **said, **heard, action="withdraw_caregiver_consent")
    for treatment in find_treatments(work.session, site_ids=None, patient_id=claimed.patient_id):
        call_for_attention(work.session, treatment=treatment, on=local_day(work, treatment.timezone))
