"""Open this to see how the one message of a day is written, joined by a further reminder, or emptied before it left."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence

from sqlalchemy import Date, Uuid, bindparam, select

from monitor.delivery.ending import end_message
from monitor.delivery.reach import Contact, Reach
from monitor.delivery.verdict import Ended
from monitor.delivery.way_to_reply import way_to_reply
from monitor.notices.quiet_hours import SendingDays, opening
from monitor.notices.reminders import sentence_for
from monitor.notices.sms_text import UnsuitableText
from monitor.notices.wording import Sentence
from monitor.store.message import MessageRow, MessageState
from monitor.store.reminder import ReminderOutcome, ReminderRow
from monitor.terms import Unacceptable
from monitor.work import Work

_PURPOSE = "reminder"
_LETTERS = "23456789BCDFGHJKMNPQRTVWXZ"  # nothing to mistake for another, and no vowel to make a word with


_REMINDS = select(MessageRow).where(
    MessageRow.patient_id == bindparam("patient", type_=Uuid()),
    MessageRow.purpose == _PURPOSE,
)
# Built once: each follow-up asks the first, and building them anew took longer than asking.
_PENDING = (
    _REMINDS.where(MessageRow.state == MessageState.PENDING.value, MessageRow.resends == 0)  # a copy says the same
    .order_by(MessageRow.local_day, MessageRow.id)
    .with_for_update()
    .execution_options(populate_existing=True)
)
_EMPTIED = _REMINDS.where(
    MessageRow.recipient == bindparam("recipient"),
    MessageRow.local_day == bindparam("day", type_=Date()),
    MessageRow.attempts == 0,
    MessageRow.state.in_([MessageState.SUPPRESSED.value, MessageState.CANCELLED.value]),
)
_CARRIED = select(ReminderRow).where(
    ReminderRow.message_id == bindparam("message", type_=Uuid()), ReminderRow.outcome == ReminderOutcome.QUEUED.value
)


def pending_messages(work: Work, *, patient_id: uuid.UUID) -> Sequence[MessageRow]:
    """What waits to be sent about a patient, to whomever, oldest day first; held, so that no worker claims it now."""
    return work.session.scalars(_PENDING, {"patient": patient_id}).all()


def join_or_write(
    work: Work,
    rows: Sequence[ReminderRow],
    *,
    waiting: MessageRow | None,
    day: dt.date,
    patient_id: uuid.UUID,
    site_id: uuid.UUID,
    contact: Contact,
    reach: Reach,
    days: SendingDays,
    protocol: str,
) -> None:
    """Let the message to this person that day carry the reminders: the one that waits, one emptied, or a new one.

    Raises `UnsuitableText` before anything is written.
    """
    message = waiting or _emptied(work, patient_id, reach, day=day) or _new(work, patient_id, reach)
    carried = _carried(work, message)
    _write(work, message, [*carried, *rows], day=day, contact=contact, reach=reach, days=days)
    message.site_id = site_id
    message.state = MessageState.PENDING
    message.because = message.settled_at = None
    work.session.add(message)
    work.session.flush()
    for row in rows:
        row.message_id = message.id
        row.outcome = ReminderOutcome.QUEUED
        work.session.add(row)
    work.session.flush()
    steps = [[row.item_key, row.due_on, row.step] for row in rows]
    work.note(
        "message.queue",
        patient_id=patient_id,
        site_id=site_id,
        subject=str(message.id),
        content={"local_day": day, "protocol": protocol, "reminders": steps},
    )


def refresh(work: Work, message: MessageRow, *, contact: Contact, days: SendingDays) -> None:
    """Write the text again for what is left of the message, or suppress it when nothing is.

    A text that cannot be written ends the message, and what it carried becomes a nurse's task.
    """
    carried = _carried(work, message)
    if carried:
        try:
            reach = contact.reach_of(message.recipient)
            _write(work, message, carried, day=message.local_day, contact=contact, reach=reach, days=days)
        except Unacceptable:
            end_message(work, message, Ended.UNWRITABLE)
            work.session.refresh(message)
            return
    else:
        message.state = MessageState.SUPPRESSED
        message.because = Ended.UNTRUE
        message.settled_at = work.at
    work.session.flush()
    work.note(
        "message.suppress" if not carried else "message.rewrite",
        patient_id=message.patient_id,
        site_id=message.site_id,
        subject=str(message.id),
        why=Ended.UNTRUE,
    )


def reference_of(patient_id: uuid.UUID, recipient: str, day: dt.date) -> str:
    """Four letters by which two people can speak of the message of that day on the telephone.

    Decided again after a restore it has the same letters: so the provider's list shows that it left already (H57).
    """
    said = f"{patient_id} {recipient} {day.isoformat()}".encode()
    number = int.from_bytes(hashlib.sha256(said).digest())
    letters = []
    for _ in range(4):
        number, letter = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)


def _new(work: Work, patient_id: uuid.UUID, reach: Reach) -> MessageRow:
    return MessageRow(
        id=uuid.uuid4(),
        patient_id=patient_id,
        recipient=reach.recipient.value,
        purpose=_PURPOSE,
        attempts=0,
        created_at=work.at,
    )


def _carried(work: Work, message: MessageRow) -> Sequence[ReminderRow]:
    return work.session.scalars(_CARRIED, {"message": message.id}).all()


def _emptied(work: Work, patient_id: uuid.UUID, reach: Reach, *, day: dt.date) -> MessageRow | None:
    """The message of that day which ended before anybody tried to send it: the day still has its place for one."""
    which = {"patient": patient_id, "recipient": reach.recipient.value, "day": day}
    return work.session.scalars(_EMPTIED, which).one_or_none()


def _write(
    work: Work,
    message: MessageRow,
    rows: Sequence[ReminderRow],
    *,
    day: dt.date,
    contact: Contact,
    reach: Reach,
    days: SendingDays,
) -> None:
    """Text, day and times of the message, for everything that it carries."""
    if not work.settings.public_page_url or not contact.telephone:
        raise UnsuitableText("has no page or no telephone number to name")
    sentence = sentence_for([(row.due_on, row.time) for row in rows], on=day)
    message.reference = reference_of(message.patient_id, message.recipient, day)
    message.text = work.catalog.wording.render(
        sentence,
        language=reach.language,
        on=rows[0].due_on,
        link=work.settings.public_page_url,
        telephone=contact.telephone,
        reference=message.reference,
        reply=way_to_reply(work.settings),
        at=rows[0].time if sentence is Sentence.BEFORE_AT else None,
    )
    message.language = reach.language
    message.phone = reach.phone or ""
    message.local_day = day
    opens_at, closes_at = opening(day, zone=contact.zone, window=days.window)
    last_on = day if sentence is Sentence.TODAY else days.last_open(min(row.last_on for row in rows))
    message.deadline_at = max(closes_at, opening(last_on, zone=contact.zone, window=days.window)[1])
    held_until = message.not_before_at if message.attempts else opens_at  # the provider asked us to wait
    message.not_before_at = min(max(opens_at, held_until), message.deadline_at)
