"""The compare-and-set by which messages become this worker's alone, each under a token that nobody can guess."""

from __future__ import annotations

import datetime as dt
import math
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, update

from monitor.delivery.line import stop_line
from monitor.delivery.reach import Reach
from monitor.delivery.transport import OutgoingText
from monitor.delivery.verdict import Send
from monitor.store.database_time import database_now
from monitor.store.message import MessageAttemptRow, MessageRow, MessageState
from monitor.work import Work

_MESSAGE = MessageRow.__table__
# Built once: building them anew for each message took longer than asking.
_SENDING = (
    update(_MESSAGE)  # type: ignore[arg-type]
    .where(_MESSAGE.c.id == bindparam("message"), _MESSAGE.c.state == MessageState.PENDING.value)
    .values(
        state=MessageState.SENDING.value,
        attempts=_MESSAGE.c.attempts + 1,
        attempt_token=bindparam("token"),
        lease_until=bindparam("lease"),
        local_day=bindparam("day"),
        phone=bindparam("number"),
    )
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message that only we may send, until `lease_until` by the database's clock.

    `claimed_at` and `begin_by`, when the call must have begun: by the clock of this machine that nobody can set.
    """

    message_id: uuid.UUID
    patient_id: uuid.UUID
    site_id: uuid.UUID
    token: str
    lease_until: dt.datetime
    is_probe: bool
    text: OutgoingText
    claimed_at: float = 0.0
    begin_by: float = math.inf


@dataclass(frozen=True, slots=True)
class Taking:
    """A message that may leave now, and to whom."""

    message: MessageRow
    reach: Reach
    send: Send


def take(work: Work, takings: Sequence[Taking], *, is_probe: bool) -> tuple[Claimed, ...]:
    """Compare and set, each under a token that nobody can guess; the lease is of the database's clock.

    Their rows are held by this transaction, so none can be another's by now; if one is, all of it is undone.
    """
    if not takings:
        return ()
    started_at = database_now(work.session)
    lease_until = started_at + work.settings.lease
    claimed = tuple(_claimed(one, lease_until=lease_until, is_probe=is_probe) for one in takings)
    connection = work.session.connection()
    taken = connection.execute(
        _SENDING,
        [
            {"message": one.message.id, "token": each.token, "lease": lease_until, "day": one.send.local_day,
             "number": one.reach.phone}
            for one, each in zip(takings, claimed, strict=True)
        ],
    )  # fmt: skip
    if taken.rowcount != len(claimed):
        raise RuntimeError("a message that this transaction holds was changed by another one")
    connection.execute(
        insert(MessageAttemptRow.__table__),  # type: ignore[arg-type]
        [
            {"id": uuid.uuid4(), "message_id": one.message_id, "token": one.token, "started_at": started_at,
             "callback_token": one.text.callback_token}
            for one in claimed
        ],
    )  # fmt: skip
    if is_probe:
        stop_line(work, reason="still stopped: one message tries again", probe_after=work.settings.back_off_longest)
    for one in claimed:
        work.note("message.claim", patient_id=one.patient_id, site_id=one.site_id, subject=str(one.message_id))
    return claimed


def _claimed(taking: Taking, *, lease_until: dt.datetime, is_probe: bool) -> Claimed:
    message, token = taking.message, secrets.token_urlsafe(32)
    return Claimed(
        message_id=message.id,
        patient_id=message.patient_id,
        site_id=message.site_id,
        token=token,
        lease_until=lease_until,
        is_probe=is_probe,
        text=OutgoingText(
            to=taking.reach.phone or "",
            body=message.text,
            token=token,
            callback_token=secrets.token_urlsafe(32),
            valid_for=taking.send.valid_for,
        ),
    )
