"""Open this to see how one worker takes one message for itself, and what it checks before it may send it."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from monitor.delivery.contact import read_contact, sending_days
from monitor.delivery.ending import end_message, hold_message
from monitor.delivery.faults import is_of_one_record
from monitor.delivery.line import StoppedLine, read_line, stop_line
from monitor.delivery.reach import Contact, Reach
from monitor.delivery.transport import OutgoingText
from monitor.delivery.verdict import End, Send, Standing, Wait, verdict
from monitor.store.agenda import IS_HELD, AgendaRow
from monitor.store.database_time import database_now
from monitor.store.message import MessageAttemptRow, MessageRow, MessageState
from monitor.store.reminder import ReminderOutcome, ReminderRow
from monitor.work import Work


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message that only we may send, until `lease_until` by the database's clock."""

    message_id: uuid.UUID
    patient_id: uuid.UUID
    site_id: uuid.UUID
    token: str
    lease_until: dt.datetime
    is_probe: bool
    text: OutgoingText


class Unprepared(Exception):
    """What is stored about this message or its patient cannot be used: it must not stop the others (H28)."""

    def __init__(self, message_id: uuid.UUID, kind: str) -> None:
        super().__init__(f"message {message_id}: {kind}")
        self.message_id = message_id
        self.kind = kind


def claim_next(work: Work) -> Claimed | str | None:
    """Take the oldest message whose turn has come; commit before anything is sent.

    Gives what became of it instead when it may not be sent (`suppressed`, `waiting`, …), or None when nothing is due.
    Raises `Unprepared` for a message that cannot be judged. While the line is stopped only what has run out of time is
    looked at, to become somebody's task.
    """
    line = read_line(work.session)
    message_id = _next_due(work, line)
    if message_id is None:
        return None
    try:
        message = work.session.get_one(MessageRow, message_id, populate_existing=True)
        return _decide(work, message, is_probe=line is not None)
    except Exception as fault:
        if is_of_one_record(fault):
            raise Unprepared(message_id, type(fault).__name__) from fault
        raise


def _decide(work: Work, message: MessageRow, *, is_probe: bool) -> Claimed | str:
    contact = read_contact(work.session, patient_id=message.patient_id, site_id=message.site_id, settings=work.settings)
    days = sending_days(work, contact.country)
    decision = verdict(_standing(work, message, contact), at=work.at, zone=contact.zone, days=days)
    if isinstance(decision, End):
        return end_message(work, message, decision.why)
    if isinstance(decision, Wait):
        return hold_message(work, message, decision.until)
    if _is_over_ceiling(work, message, decision.local_day):
        stop_line(work, reason="more messages than one site may send in a day", probe_after=_probe_after(work))
        return "line_stopped"
    return _take(work, message, contact.reach_of(message.recipient), decision, is_probe=is_probe)


def has_work(work: Work) -> bool:
    """True if some message's turn has come; reads only, so that idle workers never queue behind writers."""
    found = exists().where(*_is_due(work, read_line(work.session)))
    return bool(work.session.scalar(select(found)))


def _is_due(work: Work, line: StoppedLine | None) -> list[ColumnElement[bool]]:
    due = [MessageRow.state == MessageState.PENDING, MessageRow.not_before_at <= work.at]
    if line is not None and not line.may_probe(work.at):
        due.append(MessageRow.deadline_at <= work.at)
    return due


def _next_due(work: Work, line: StoppedLine | None) -> uuid.UUID | None:
    """Held, but not read: what cannot be read must be known by its id."""
    return work.session.scalars(
        select(MessageRow.id)
        .where(*_is_due(work, line))
        .order_by(MessageRow.not_before_at, MessageRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()


def _standing(work: Work, message: MessageRow, contact: Contact) -> Standing:
    other = aliased(MessageRow)
    is_today_taken = exists().where(
        other.patient_id == message.patient_id,
        other.recipient.in_(contact.beside(message.recipient)),
        other.purpose == message.purpose,
        other.local_day == work.today(contact.zone.key),
        other.id != message.id,
    )
    contradicted = exists().where(
        AgendaRow.treatment_id == ReminderRow.treatment_id,
        AgendaRow.key == ReminderRow.item_key,
        or_(
            AgendaRow.due_on != ReminderRow.due_on,
            IS_HELD,
            AgendaRow.waiting_since.is_not(None),
        ),
    )
    is_true = exists().where(
        and_(ReminderRow.message_id == message.id, ReminderRow.outcome == ReminderOutcome.QUEUED, ~contradicted)
    )
    taken, true = work.session.execute(select(is_today_taken, is_true)).one()
    reach = contact.reach_of(message.recipient)
    return Standing(
        died_on=contact.died_on,
        is_addressed=reach in contact.addressed,
        lacks=reach.lacks,
        is_true=bool(true),
        local_day=message.local_day,
        is_today_free=not taken,
        deadline_at=message.deadline_at,
    )


def _is_over_ceiling(work: Work, message: MessageRow, day: dt.date) -> bool:
    """A bound on what a fault of ours can do to everybody at once (H37)."""
    tried = work.session.scalar(
        select(func.count())
        .select_from(MessageRow)
        .where(MessageRow.site_id == message.site_id, MessageRow.local_day == day, MessageRow.attempts > 0)
    )
    return (tried or 0) >= work.settings.messages_per_site_and_day and message.attempts == 0


def _probe_after(work: Work) -> dt.timedelta:
    return work.settings.back_off_longest


def _take(work: Work, message: MessageRow, reach: Reach, send: Send, *, is_probe: bool) -> Claimed | str:
    """Compare and set, under a token that nobody can guess; the lease is of the database's clock."""
    token, callback_token = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    started_at = database_now(work.session)
    lease_until = started_at + work.settings.lease
    taken = work.session.execute(
        update(MessageRow)
        .where(MessageRow.id == message.id, MessageRow.state == MessageState.PENDING)
        .values(
            state=MessageState.SENDING,
            attempts=MessageRow.attempts + 1,
            attempt_token=token,
            lease_until=lease_until,
            local_day=send.local_day,
            phone=reach.phone,
        )
        .execution_options(synchronize_session=False)
        .returning(MessageRow.id)
    ).first()
    if taken is None:
        return "lost"
    attempt = {"message_id": message.id, "token": token, "callback_token": callback_token, "started_at": started_at}
    work.session.execute(insert(MessageAttemptRow).values(id=uuid.uuid4(), **attempt))
    if is_probe:
        stop_line(work, reason="still stopped: one message tries again", probe_after=_probe_after(work))
    work.note("message.claim", patient_id=message.patient_id, site_id=message.site_id, subject=str(message.id))
    return Claimed(
        message_id=message.id,
        patient_id=message.patient_id,
        site_id=message.site_id,
        token=token,
        lease_until=lease_until,
        is_probe=is_probe,
        text=OutgoingText(
            to=reach.phone or "",
            body=message.text,
            token=token,
            callback_token=callback_token,
            valid_for=send.valid_for,
        ),
    )
