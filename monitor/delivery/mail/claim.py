"""How one worker takes one mail for itself: all that waits for one colleague, and is still to be seen."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from monitor.delivery.faults import is_of_one_record
from monitor.delivery.line import MAIL, StoppedLine, read_own_line, stop_line
from monitor.delivery.mail.ending import end_mail
from monitor.delivery.mail.mailer import OutgoingMail
from monitor.store.database_time import database_now
from monitor.store.mail import MailRow, MailState
from monitor.store.notification import (
    NotificationRow,
    NotificationState,
    drop,
    put_into,
    still_true,
    tell_in_app,
    told_by,
    waiting_for,
)
from monitor.store.staff import StaffRow, takes_mail
from monitor.work import Work


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """One mail that only we may send, until `lease_until` by the database's clock."""

    mail_id: uuid.UUID
    token: str
    lease_until: dt.datetime
    is_probe: bool
    mail: OutgoingMail


class UnpreparedMail(Exception):
    """What is stored about this colleague or their mail cannot be used: it must not stop the others (H28)."""

    def __init__(self, staff_id: uuid.UUID, kind: str) -> None:
        super().__init__(f"mail to staff {staff_id}: {kind}")
        self.staff_id = staff_id
        self.kind = kind


class MailInHand(Exception):
    """Another worker has a mail in hand for the same colleague, and was faster."""


def has_mail(work: Work) -> bool:
    """True if there is something to claim; reads only, so that idle workers never queue behind writers."""
    line, now = read_own_line(work.session, name=MAIL), database_now(work.session)
    if work.session.scalar(select(exists().where(*_is_due(work, line, now)))):
        return True
    return _may_begin(work, line) and bool(work.session.scalar(select(exists().where(*_is_to_be_told(now)))))


def claim_mail(work: Work) -> ClaimedMail | str | None:
    """Take what has waited longest; commit before anything is sent. Gives what became of it where it is not to be sent.

    While the line is stopped only what has run out of time is looked at, and what tries again once in a while. Raises
    `UnpreparedMail`, and `MailInHand`.
    """
    line, now = read_own_line(work.session, name=MAIL), database_now(work.session)
    is_probe = line is not None
    mail = work.session.execute(
        select(MailRow.id, MailRow.staff_id)
        .where(*_is_due(work, line, now))
        .order_by(MailRow.created_at, MailRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if mail is not None:
        with _of_one(mail.staff_id):
            return _take(work, work.session.get_one(MailRow, mail.id, populate_existing=True), now, is_probe=is_probe)
    if not _may_begin(work, line):
        return None
    staff_id = work.session.scalars(
        select(NotificationRow.staff_id).where(*_is_to_be_told(now)).order_by(NotificationRow.due_at).limit(1)
    ).one_or_none()
    if staff_id is None:
        return None
    with _of_one(staff_id):
        return _begin(work, staff_id, now, is_probe=is_probe)


@contextmanager
def _of_one(staff_id: uuid.UUID) -> Iterator[None]:
    try:
        yield
    except MailInHand:
        raise
    except Exception as fault:
        if is_of_one_record(fault):
            raise UnpreparedMail(staff_id, type(fault).__name__) from fault
        raise


@contextmanager
def _alone() -> Iterator[None]:
    """What the unique key of mails in hand refuses."""
    try:
        yield
    except IntegrityError as taken:
        raise MailInHand from taken


def _is_due(work: Work, line: StoppedLine | None, now: dt.datetime) -> list[ColumnElement[bool]]:
    """A mail whose turn has come; an uncertain one while its colleague has no other in hand."""
    other = aliased(MailRow)
    has_other = exists().where(
        other.staff_id == MailRow.staff_id, other.state.in_([MailState.PENDING.value, MailState.SENDING.value])
    )
    due: list[ColumnElement[bool]] = [
        or_(
            and_(MailRow.state == MailState.PENDING, or_(MailRow.not_before_at <= now, MailRow.give_up_at <= now)),
            and_(MailRow.state == MailState.UNCERTAIN, MailRow.resend_at <= now, ~has_other),
        )
    ]
    if not _may_begin(work, line):
        due.append(MailRow.give_up_at <= now)
    return due


def _may_begin(work: Work, line: StoppedLine | None) -> bool:
    return line is None or line.may_probe(work.at)


def _is_to_be_told(now: dt.datetime) -> list[ColumnElement[bool]]:
    in_hand = exists().where(
        MailRow.staff_id == NotificationRow.staff_id,
        MailRow.state.in_([MailState.PENDING.value, MailState.SENDING.value]),
    )
    return [NotificationRow.state == NotificationState.WAITING, NotificationRow.due_at <= now, ~in_hand]


def _begin(work: Work, staff_id: uuid.UUID, now: dt.datetime, *, is_probe: bool) -> ClaimedMail | str:
    """A new mail; the unique key of what is in hand refuses a second, whoever asks at the same moment."""
    waiting = waiting_for(work.session, staff_id=staff_id)
    if not waiting:
        return "lost"
    if not still_true(work.session, waiting, at=work.at):
        drop(work.session, waiting)
        work.note("mail.nothing_to_tell", subject=f"staff {staff_id}")
        return "dropped"
    mail = MailRow(
        id=uuid.uuid4(),
        staff_id=staff_id,
        state=MailState.PENDING,
        not_before_at=now,
        give_up_at=now + work.settings.mail_given_up_after,
        attempts=0,
        resends=0,
        created_at=now,
    )
    with _alone():
        work.session.add(mail)
        work.session.flush()
    return _take(work, mail, now, is_probe=is_probe)


def _take(work: Work, mail: MailRow, now: dt.datetime, *, is_probe: bool) -> ClaimedMail | str:
    """Check everything again, then compare and set under a token that nobody can guess."""
    person = work.session.get_one(StaffRow, mail.staff_id, populate_existing=True)
    is_reached = takes_mail(doubted_since=work.at - work.settings.mail_address_doubted_for)
    if not work.session.scalar(select(exists().where(StaffRow.id == person.id, is_reached))):
        tell_in_app(work.session, staff_id=person.id)
        return end_mail(work, mail, MailState.SUPPRESSED, because="the colleague has no address for mail")
    if not _gather(work, mail):
        return end_mail(work, mail, MailState.SUPPRESSED, because="nothing that it told of waits any more")
    if now >= mail.give_up_at:
        return end_mail(work, mail, MailState.FAILED, because="the mail server did not take it in time")
    token, lease_until = secrets.token_urlsafe(32), now + work.settings.lease
    is_resent = mail.state == MailState.UNCERTAIN
    claim = (
        update(MailRow)
        .where(MailRow.id == mail.id, MailRow.state == mail.state)
        .values(
            state=MailState.SENDING,
            attempts=MailRow.attempts + 1,
            resends=MailRow.resends + int(is_resent),
            attempt_token=token,
            lease_until=lease_until,
            resend_at=None,
        )
        .execution_options(synchronize_session=False)
    )
    with _alone():  # it is held, so that nobody else can have changed it
        work.session.execute(claim)
    if is_probe:
        stop_line(work, name=MAIL, reason="still stopped: one mail tries again",
                  probe_after=work.settings.mail_back_off_longest)  # fmt: skip
    work.note("mail.resend" if is_resent else "mail.claim", subject=f"mail {mail.id}")
    return ClaimedMail(mail.id, token, lease_until, is_probe, _written(work, mail, person))


def _gather(work: Work, mail: MailRow) -> bool:
    """Put into the mail all that waits for its colleague; whether it tells of anything that still waits for somebody.

    One that may have arrived is sent again as it was: a mail server that knows its Message-ID shows no second one.
    """
    carried = told_by(work.session, mail_id=mail.id)
    may_take_more = mail.state == MailState.PENDING and mail.resends == 0
    waiting = waiting_for(work.session, staff_id=mail.staff_id) if may_take_more else ()
    true = still_true(work.session, (*carried, *waiting), at=work.at)
    put_into(work.session, [one for one in waiting if one in true], mail_id=mail.id)
    drop(work.session, [one for one in waiting if one not in true])
    return bool(true)


def _written(work: Work, mail: MailRow, person: StaffRow) -> OutgoingMail:
    words, settings = work.catalog.mail_words, work.settings
    language = person.language if person.language in words.languages else settings.staff_language
    text = words.render(language=language or settings.staff_language, link=settings.staff_page_url or "")
    domain = (settings.mail_from or "").rpartition("@")[2]
    return OutgoingMail(
        to=person.email or "",
        subject=text.subject,
        body=text.body,
        message_id=f"<{mail.id}@{domain}>",
        at=mail.created_at,
    )
