"""What each answer of the mail server makes of a mail; every write holds only for the attempt that asked."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update

from monitor.delivery.codes import SILENT, back_off, clean
from monitor.delivery.line import MAIL, open_line, stop_line
from monitor.delivery.mail.claim import ClaimedMail
from monitor.delivery.mail.ending import UNTOLD, have_it_looked_at
from monitor.delivery.mail.mailer import MailOutcome, MailRefused, Taken
from monitor.delivery.transport import AccountRefused, NotSent
from monitor.store.database_time import database_now
from monitor.store.mail import MailRow, MailState
from monitor.store.staff import StaffRow
from monitor.work import Work


@dataclass(frozen=True, slots=True)
class _Effect:
    state: MailState
    note: str
    code: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


def record_mail(work: Work, claimed: ClaimedMail, outcome: MailOutcome) -> str:
    """Write what the mail server answered; gives the new state, or `lost` when another attempt is the valid one."""
    mail = work.session.execute(
        select(MailRow.staff_id, MailRow.attempts, MailRow.resends, MailRow.not_before_at)
        .where(MailRow.id == claimed.mail_id)
        .with_for_update()
    ).one()
    now = database_now(work.session)
    effect = _effect(work, outcome, attempts=mail.attempts, resends=mail.resends, now=now)
    written = work.session.execute(
        update(MailRow)
        .where(
            MailRow.id == claimed.mail_id, MailRow.state == MailState.SENDING, MailRow.attempt_token == claimed.token
        )
        .values(state=effect.state, lease_until=None, error_code=effect.code, **effect.values)
        .execution_options(synchronize_session=False)
        .returning(MailRow.id)
    ).first()
    if written is None:
        return "lost"
    if isinstance(outcome, MailRefused) and outcome.is_address:
        _doubt_address(work, mail.staff_id, claimed.mail.to)
    if isinstance(outcome, Taken):
        _trust_address(work, mail.staff_id, claimed.mail.to)
    if effect.state in UNTOLD:
        have_it_looked_at(work, mail_id=claimed.mail_id)
    if isinstance(outcome, AccountRefused):
        stop_line(work, name=MAIL, reason=f"the mail server refuses us ({effect.code})",
                  probe_after=work.settings.mail_back_off_longest)  # fmt: skip
    elif claimed.is_probe and isinstance(outcome, Taken | MailRefused):
        open_line(work, name=MAIL)
    work.note(f"mail.{effect.note}", subject=f"mail {claimed.mail_id}", why=effect.code)
    return effect.state


def give_back_mail(work: Work, claimed: ClaimedMail) -> str:
    """Return a mail whose lease is too short for the call: nothing was sent."""
    record_mail(work, claimed, NotSent("lease_too_short"))
    return "given_back"


def expired_mails(work: Work) -> Sequence[uuid.UUID]:
    """The mails whose worker has been silent for longer than its lease, by the database's clock."""
    return work.session.scalars(
        select(MailRow.id).where(MailRow.state == MailState.SENDING, MailRow.lease_until < database_now(work.session))
    ).all()


def expire_mail(work: Work, mail_id: uuid.UUID) -> bool:
    """A lease that ran out leaves it uncertain, never pending: the mail server may have been called (H30)."""
    mail = work.session.get_one(MailRow, mail_id, with_for_update=True, populate_existing=True)
    now = database_now(work.session)
    if mail.state != MailState.SENDING or mail.lease_until is None or mail.lease_until >= now:
        return False
    effect = _unknown(work, SILENT, resends=mail.resends, now=now)
    mail.state, mail.lease_until, mail.because = effect.state.value, None, SILENT
    mail.resend_at, mail.settled_at = effect.values.get("resend_at"), effect.values.get("settled_at")
    work.session.flush()
    if effect.state in UNTOLD:
        have_it_looked_at(work, mail_id=mail.id)
    work.note(f"mail.{effect.state}", subject=f"mail {mail_id}", why=SILENT)
    return True


def _effect(work: Work, outcome: MailOutcome, *, attempts: int, resends: int, now: dt.datetime) -> _Effect:
    if isinstance(outcome, Taken):
        return _Effect(MailState.ACCEPTED, "accepted", values={"settled_at": now, "because": None})
    if isinstance(outcome, NotSent):
        settings = work.settings
        wait = back_off(attempts, first=settings.back_off_first, longest=settings.mail_back_off_longest)
        values: dict[str, Any] = {"not_before_at": now + wait}
        return _Effect(MailState.PENDING, "not_sent", clean(outcome.why), values)
    if isinstance(outcome, AccountRefused):
        return _Effect(MailState.PENDING, "account_refused", clean(outcome.code))
    if isinstance(outcome, MailRefused):
        values = {"settled_at": now, "because": "the mail server refuses it"}
        return _Effect(MailState.FAILED, "refused", clean(outcome.code), values)
    return _unknown(work, clean(outcome.why), resends=resends, now=now)


def _unknown(work: Work, why: str | None, *, resends: int, now: dt.datetime) -> _Effect:
    """Once it is sent again, after a quarantine; the second time nobody but a person does anything (H31)."""
    because = "the answer of the mail server is not known"
    if resends:
        values: dict[str, Any] = {"settled_at": now, "because": because}
        return _Effect(MailState.NEEDS_HUMAN, "needs_human", why, values)
    values = {"resend_at": now + work.settings.quarantine, "because": because}
    return _Effect(MailState.UNCERTAIN, "uncertain", why, values)


def _doubt_address(work: Work, staff_id: uuid.UUID, address: str) -> None:
    """No further mail to it for a while, or until somebody enters one that is right; unless somebody just did."""
    work.session.execute(
        update(StaffRow)
        .where(StaffRow.id == staff_id, StaffRow.email == address)
        .values(email_refused_at=work.at, version=StaffRow.version + 1)
        .execution_options(synchronize_session=False)
    )
    work.note("staff.email_refused", subject=f"staff {staff_id}")


def _trust_address(work: Work, staff_id: uuid.UUID, address: str) -> None:
    """It was refused a while ago, and is taken again."""
    work.session.execute(
        update(StaffRow)
        .where(StaffRow.id == staff_id, StaffRow.email == address, StaffRow.email_refused_at.is_not(None))
        .values(email_refused_at=None, version=StaffRow.version + 1)
        .execution_options(synchronize_session=False)
    )
