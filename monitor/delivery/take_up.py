"""Open this to see how what has come due for one person joins the message of a day, or becomes the task of a nurse."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import Date, Uuid, bindparam, select

from monitor.delivery.desk import Desk, day_for, is_unconfirmed_for_long, known_since, why_no_channel
from monitor.delivery.envelope import join_or_write, pending_messages
from monitor.delivery.reach import Reach
from monitor.delivery.tasks import Topic, open_task
from monitor.notices.reminders import WantedReminder
from monitor.notices.sms_text import UnsuitableText
from monitor.store.message import MessageRow
from monitor.store.recipient import Recipient
from monitor.store.reminder import ReminderOutcome, ReminderRow

Step = tuple[str, dt.date, int]  # of an item: its key, its due date, the days before or after that
Known = Mapping[Step, Mapping[str, ReminderRow]]  # by step, then by person
Reminders = Sequence[tuple[WantedReminder, ReminderRow | None]]

_TOLD = select(ReminderRow.due_on).where(
    ReminderRow.treatment_id == bindparam("treatment", type_=Uuid()),
    ReminderRow.item_key == bindparam("key"),
    ReminderRow.due_on >= bindparam("today", type_=Date()),
    ReminderRow.outcome == ReminderOutcome.QUEUED.value,
)
_CALLED = {Recipient.SELF: "patient", Recipient.CAREGIVER: "caregiver"}


def step_of(one: WantedReminder) -> Step:
    """By what a reminder is known, whoever is told."""
    return one.item_key, one.due_on, one.step


def take_up(desk: Desk, reach: Reach, fresh: Reminders, *, told: Known) -> None:
    """Say to one person, or hand over, what has neither been said nor handed over yet."""
    in_time = [(one, row) for one, row in fresh if not one.is_too_late]
    late = [(one, row) for one, row in fresh if one.is_too_late]
    if in_time and (why := why_no_channel(desk, reach)) is not None:
        _hand_over(desk, reach, in_time, Topic.NO_CHANNEL, why, told=told)
    elif in_time:
        waiting = _waiting_for(desk, reach)
        day = day_for(desk, reach, waiting)
        sayable = [(one, row) for one, row in in_time if day <= one.last_on]
        late += [(one, row) for one, row in in_time if day > one.last_on and one.is_last]
        _say(desk, reach, sayable, day=day, waiting=waiting, told=told)
    missed = [(one, row) for one, row in late if row is None and step_of(one) not in told]
    if missed:
        owed = [
            (one, row)
            for one, row in missed
            if one.planned_on >= known_since(desk, one.item_key) or _was_told_another_day(desk, one)
        ]
        _hand_over(desk, reach, owed, Topic.TOO_LATE, "a reminder could not be sent in time", told=told)


def _waiting_for(desk: Desk, reach: Reach) -> MessageRow | None:
    waiting = pending_messages(desk.work, patient_id=desk.treatment.patient_id)
    return next((message for message in waiting if message.recipient == reach.recipient), None)


def _was_told_another_day(desk: Desk, one: WantedReminder) -> bool:
    """Whether a text that left names a day still to come on which the item is not due any more."""
    today = desk.work.today(desk.contact.zone.key)
    told = {"treatment": desk.treatment.id, "key": one.item_key, "today": today}
    return any(due_on != one.due_on for due_on in desk.work.session.scalars(_TOLD, told))


def _say(
    desk: Desk,
    reach: Reach,
    sayable: Reminders,
    *,
    day: dt.date,
    waiting: MessageRow | None,
    told: Known,
) -> None:
    if not sayable:
        return
    rows = [_row(desk, reach, one, row) for one, row in sayable]
    try:
        join_or_write(
            desk.work,
            rows,
            waiting=waiting,
            day=day,
            patient_id=desk.treatment.patient_id,
            site_id=desk.treatment.site_id,
            contact=desk.contact,
            reach=reach,
            days=desk.days,
            protocol=desk.protocol,
        )
    except UnsuitableText as refusal:
        _hand_over(desk, reach, sayable, Topic.NO_CHANNEL, f"the text {refusal.reason}", told=told)
        return
    if is_unconfirmed_for_long(desk, reach):
        _ask_for_a_check(desk, reach)


def _ask_for_a_check(desk: Desk, reach: Reach) -> None:
    """A nurse makes sure of the number; the text goes out meanwhile, and the next one asks again (H34)."""
    open_task(
        desk.work,
        Topic.NUMBER,
        treatment_id=desk.treatment.id,
        patient_id=desk.treatment.patient_id,
        site_id=desk.treatment.site_id,
        because=f"nobody has confirmed the telephone of the {_CALLED[reach.recipient]} for months",
    )


def _hand_over(desk: Desk, reach: Reach, reminders: Reminders, topic: Topic, why: str, *, told: Known) -> None:
    """A task for a nurse, the first time that this is found out about a reminder; each item calls again once."""
    outcome = ReminderOutcome.TOO_LATE if topic is Topic.TOO_LATE else ReminderOutcome.NO_CHANNEL
    new = [(one, row) for one, row in reminders if row is None or row.outcome != outcome]
    handed = {step[:2] for step, rows in told.items() if any(row.outcome == outcome for row in rows.values())}
    evidence = None
    for one, known in new:
        row = _row(desk, reach, one, known)
        row.outcome = outcome
        desk.work.session.add(row)
        if (one.item_key, one.due_on) not in handed:
            evidence = row.id
    if new:
        desk.work.session.flush()
        keys = ", ".join(one.item_key for one, _ in new)
        open_task(
            desk.work,
            topic,
            treatment_id=desk.treatment.id,
            patient_id=desk.treatment.patient_id,
            site_id=desk.treatment.site_id,
            because=f"{why}: {keys}"[:500],
            evidence=evidence,
        )
        desk.work.note(
            f"reminder.{outcome}",
            patient_id=desk.treatment.patient_id,
            site_id=desk.treatment.site_id,
            subject=f"treatment {desk.treatment.id}",
            why=why,
            content={"protocol": desk.protocol, "reminders": [[one.item_key, one.due_on, one.step] for one, _ in new]},
        )


def _row(desk: Desk, reach: Reach, one: WantedReminder, row: ReminderRow | None) -> ReminderRow:
    """The row of the reminder, made if there is none; not yet in the session."""
    if row is not None:
        row.last_on, row.time = one.last_on, one.time
        return row
    return ReminderRow(
        id=uuid.uuid4(),
        treatment_id=desk.treatment.id,
        item_key=one.item_key,
        due_on=one.due_on,
        step=one.step,
        time=one.time,
        channel="sms",
        recipient=reach.recipient.value,
        last_on=one.last_on,
        created_at=desk.work.at,
    )
