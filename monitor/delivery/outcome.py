"""What each answer of the provider makes of a message; every write holds only for the attempt that asked."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select, update

from monitor.delivery.codes import TOLD_TO_STOP, back_off, clean
from monitor.delivery.line import open_line, stop_line
from monitor.delivery.opt_out import withdraw_as_reported
from monitor.delivery.receipts import record_receipt
from monitor.delivery.take import Claimed
from monitor.delivery.tasks import Topic, open_task_for_message
from monitor.delivery.transport import AccountRefused, Found, NotSent, NumberRefused, Outcome, Receipt, Sent, Unknown
from monitor.delivery.unreachable import doubt_number, reaches_nobody
from monitor.store.database_time import database_now
from monitor.store.locks import lock_patient
from monitor.store.message import AttemptOutcome, MessageAttemptRow, MessageRow, MessageState
from monitor.work import Work

_LONGEST_PAUSE = dt.timedelta(days=1)  # after that no reminder waits for its turn any more


_MESSAGE, _ATTEMPT = MessageRow.__table__, MessageAttemptRow.__table__
_HELD = (
    select(
        MessageRow.id,
        MessageRow.state,
        MessageRow.attempt_token,
        MessageRow.attempts,
        MessageRow.not_before_at,
        MessageRow.deadline_at,
    )
    .where(MessageRow.id.in_(bindparam("messages", expanding=True)))
    .with_for_update()
)
_SETTLE = update(_MESSAGE).where(  # type: ignore[arg-type]
    _MESSAGE.c.id == bindparam("message"),
    _MESSAGE.c.state == MessageState.SENDING.value,
    _MESSAGE.c.attempt_token == bindparam("attempt"),
)
_END = (
    update(_ATTEMPT)  # type: ignore[arg-type]
    .where(_ATTEMPT.c.token == bindparam("attempt"), _ATTEMPT.c.ended_at.is_(None))
    .values(ended_at=bindparam("ended"), outcome=bindparam("became"), provider_sid=bindparam("sid"),
            error_code=bindparam("code"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the effect of an answer depends on."""

    state: str
    attempt_token: str | None
    attempts: int
    not_before_at: dt.datetime
    deadline_at: dt.datetime

    def is_valid(self, claimed: Claimed) -> bool:
        """Whether that attempt is still the one that may write an outcome."""
        return self.state == MessageState.SENDING and self.attempt_token == claimed.token


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
    (became,) = record_outcomes(work, [(claimed, outcome)], only_the_answer=only_the_answer)
    return became


def record_outcomes(
    work: Work, answers: Sequence[tuple[Claimed, Outcome]], *, only_the_answer: bool = False
) -> list[str]:
    """The same for several messages, in one transaction; a refused number comes alone: it locks its patient first."""
    for claimed in (claimed for claimed, outcome in answers if isinstance(outcome, NumberRefused)):
        lock_patient(work.session, patient_id=claimed.patient_id)  # before the message, as everybody takes them
    held = _hold(work, [claimed.message_id for claimed, _ in answers])
    now = database_now(work.session)
    ours: list[tuple[Claimed, _Effect]] = []
    late: list[tuple[Claimed, Outcome]] = []
    for claimed, outcome in answers:
        standing = held[claimed.message_id]
        if standing.is_valid(claimed):
            ours.append((claimed, _effect(work, standing, outcome, now=now)))
        else:
            late.append((claimed, outcome))
    _write(work, ours)
    for claimed, effect in ours:
        _tell(work, claimed, effect, only_the_answer=only_the_answer)
    for claimed, outcome in answers:
        _follow(work, claimed, outcome, only_the_answer=only_the_answer)
    for claimed, outcome in late:
        _keep_late(work, claimed, outcome)
    _end(work, [(claimed, _effect(work, held[claimed.message_id], outcome, now=now)) for claimed, outcome in late])
    states = {claimed.message_id: str(effect.state) for claimed, effect in ours}
    return [states.get(claimed.message_id, "lost") for claimed, _ in answers]


def give_back(work: Work, claimed: Claimed) -> str:
    """Return a message whose lease is too short for the call: nothing was sent."""
    is_ours = _hold(work, [claimed.message_id])[claimed.message_id].is_valid(claimed)
    if is_ours:
        _write(work, [(claimed, _Effect(MessageState.PENDING, AttemptOutcome.GIVEN_BACK))])
    work.note("message.give_back", patient_id=claimed.patient_id, site_id=claimed.site_id,
              subject=str(claimed.message_id))  # fmt: skip
    return "given_back" if is_ours else "lost"


def _hold(work: Work, message_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, _Standing]:
    """How these messages stand; nobody else changes them before this transaction ends."""
    rows = work.session.execute(_HELD, {"messages": message_ids})
    return {row[0]: _Standing(*row[1:]) for row in rows}


def _tell(work: Work, claimed: Claimed, effect: _Effect, *, only_the_answer: bool) -> None:
    """The task that follows, what it says of the number, and the note."""
    patient_id, site_id = claimed.patient_id, claimed.site_id
    if effect.task is not None:
        topic, because = effect.task
        open_task_for_message(work, topic, message_id=claimed.message_id, patient_id=patient_id, because=because)
    if effect.attempt is AttemptOutcome.NUMBER_REFUSED and reaches_nobody(effect.code) and not only_the_answer:
        doubt_number(work, claimed.message_id, code=effect.code)
    work.note(f"message.{effect.attempt}", patient_id=patient_id, site_id=site_id, subject=str(claimed.message_id),
              why=effect.code)  # fmt: skip


def _follow(work: Work, claimed: Claimed, outcome: Outcome, *, only_the_answer: bool) -> None:
    """What an answer says beyond its message: of the patient's consent, and of the line."""
    if isinstance(outcome, NumberRefused) and outcome.is_opt_out and not only_the_answer:
        withdraw_as_reported(work, claimed.message_id)
    if isinstance(outcome, AccountRefused):
        stop_line(work, reason=f"the provider refuses the account ({clean(outcome.code)})",
                  probe_after=work.settings.back_off_longest)  # fmt: skip
    elif claimed.is_probe and isinstance(outcome, Sent | NumberRefused):
        open_line(work)


def _effect(work: Work, message: _Standing, outcome: Outcome, *, now: dt.datetime) -> _Effect:
    """`now` by the database's clock, as the looks are."""
    if isinstance(outcome, Sent):
        return _sent(work, outcome, now=now)
    if isinstance(outcome, NotSent):
        asked = min(outcome.retry_after or dt.timedelta(0), _LONGEST_PAUSE)
        settings = work.settings
        wait = back_off(message.attempts, first=settings.back_off_first, longest=settings.back_off_longest)
        delay = max(wait, asked)
        values = {"not_before_at": min(max(work.at + delay, message.not_before_at), message.deadline_at)}
        return _Effect(MessageState.PENDING, AttemptOutcome.NOT_SENT, values, code=clean(outcome.why))
    if isinstance(outcome, AccountRefused):
        return _Effect(MessageState.PENDING, AttemptOutcome.ACCOUNT_REFUSED, code=clean(outcome.code))
    if isinstance(outcome, NumberRefused):
        return _refused(work, outcome)
    return _unknown(work, outcome, now=now)


def _unknown(work: Work, outcome: Unknown, *, now: dt.datetime) -> _Effect:
    """Nobody looks before the quarantine is over: what was accepted late shows late."""
    look_at = now + work.settings.quarantine
    values = {"because": "the provider's answer is not known", "look_at": look_at, "empty_looks": 0}
    return _Effect(MessageState.UNCERTAIN, AttemptOutcome.UNKNOWN, values, code=clean(outcome.why))


def _sent(work: Work, outcome: Sent, *, now: dt.datetime) -> _Effect:
    """Accepted is not delivered: somebody asks after it, unless the transport knows already (H33)."""
    values: dict[str, Any] = {"provider_sid": outcome.sid, "settled_at": work.at}
    if outcome.is_delivered:
        return _Effect(MessageState.DELIVERED, AttemptOutcome.ACCEPTED, values, sid=outcome.sid)
    values["look_at"] = now + work.settings.receipt_awaited_for
    return _Effect(MessageState.ACCEPTED, AttemptOutcome.ACCEPTED, values, sid=outcome.sid)


def _refused(work: Work, outcome: NumberRefused) -> _Effect:
    code = clean(outcome.code)
    if outcome.is_opt_out:
        why, topic = TOLD_TO_STOP, Topic.NO_CHANNEL
    else:
        why, topic = f"the provider refuses the number ({code})", Topic.FAILED
    values = {"settled_at": work.at, "because": why}
    return _Effect(MessageState.FAILED, AttemptOutcome.NUMBER_REFUSED, values, code=code, task=(topic, why))


def _write(work: Work, ours: Sequence[tuple[Claimed, _Effect]]) -> None:
    """Each write names the attempt that it is of, though the row is held and was looked at (H31)."""
    connection = work.session.connection()
    for names, effects in _by_columns(ours).items():
        statement = _SETTLE.values({name: bindparam(f"new_{name}") for name in names})
        written = connection.execute(
            statement,
            [
                {"message": claimed.message_id, "attempt": claimed.token}
                | {f"new_{name}": value for name, value in _columns(effect).items()}
                for claimed, effect in effects
            ],
        )
        if written.rowcount != len(effects):
            raise RuntimeError("a message that this transaction holds was changed by another one")
    _end(work, ours)


def _end(work: Work, answered: Sequence[tuple[Claimed, _Effect]]) -> None:
    """What is known of these attempts, unless it was known already."""
    if answered:
        ended_at = database_now(work.session)
        work.session.connection().execute(
            _END,
            [
                {"attempt": claimed.token, "ended": ended_at, "became": effect.attempt.value, "sid": effect.sid,
                 "code": effect.code}
                for claimed, effect in answered
            ],
        )  # fmt: skip


def _columns(effect: _Effect) -> dict[str, Any]:
    return {"state": effect.state.value, "lease_until": None, "error_code": effect.code, **effect.message}


def _by_columns(ours: Sequence[tuple[Claimed, _Effect]]) -> dict[tuple[str, ...], list[tuple[Claimed, _Effect]]]:
    """Those that change the same columns together: one statement does for all of them."""
    groups: dict[tuple[str, ...], list[tuple[Claimed, _Effect]]] = defaultdict(list)
    for claimed, effect in ours:
        groups[tuple(_columns(effect))].append((claimed, effect))
    return groups


def _keep_late(work: Work, claimed: Claimed, outcome: Outcome) -> None:
    """The answer to an attempt that lost its lease: that it left is believed even now, nothing else is."""
    if isinstance(outcome, Sent):
        attempt_id = work.session.scalar(select(MessageAttemptRow.id).where(MessageAttemptRow.token == claimed.token))
        receipt = Receipt.DELIVERED if outcome.is_delivered else Receipt.ACCEPTED
        record_receipt(work, claimed.message_id, Found(outcome.sid, receipt), attempt_id=attempt_id)
    work.note("message.late_answer", patient_id=claimed.patient_id, site_id=claimed.site_id,
              subject=str(claimed.message_id))  # fmt: skip
