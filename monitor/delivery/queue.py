"""Open this to see how the reminders that a calendar asks for become one message a day, or the task of a person."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Date, Uuid, bindparam, select

from monitor.delivery.cancel import cancel_messages
from monitor.delivery.desk import (
    Desk,
    TreatmentContext,
    day_for,
    in_company,
    known_since,
    open_desk,
    visit_times,
    why_no_channel,
)
from monitor.delivery.envelope import join_or_write, pending_messages, refresh
from monitor.delivery.faults import is_of_one_record
from monitor.delivery.tasks import Topic, open_task
from monitor.notices.reminder_steps import reminder_steps
from monitor.notices.reminders import WantedReminder, next_reminder_on, wanted_reminders
from monitor.notices.sms_text import UnsuitableText
from monitor.protocols.protocol import Protocol
from monitor.schedules.calendar import Forecast
from monitor.store.appointment import Visit
from monitor.store.message import MessageRow
from monitor.store.reminder import ReminderOutcome, ReminderRow
from monitor.work import Work

__all__ = ["TreatmentContext", "cancel_messages", "queue_reminders"]

_log = logging.getLogger(__name__)
_DAY = dt.timedelta(days=1)
_OF_TREATMENT = ReminderRow.treatment_id == bindparam("treatment", type_=Uuid())
_OF_ITEMS = select(ReminderRow).where(_OF_TREATMENT, ReminderRow.item_key.in_(bindparam("keys", expanding=True)))
_QUEUED = select(ReminderRow).where(
    _OF_TREATMENT,
    ReminderRow.message_id == bindparam("message", type_=Uuid()),
    ReminderRow.outcome == ReminderOutcome.QUEUED.value,
)
_TOLD = select(ReminderRow.due_on).where(
    _OF_TREATMENT,
    ReminderRow.item_key == bindparam("key"),
    ReminderRow.due_on >= bindparam("today", type_=Date()),
    ReminderRow.outcome == ReminderOutcome.QUEUED.value,
)
_WILL_BE_SAID_AFTER_ALL = frozenset({ReminderOutcome.NO_CHANNEL, ReminderOutcome.DROPPED})


def queue_reminders(
    work: Work,
    *,
    treatment: TreatmentContext,
    forecast: Forecast,
    protocol: Protocol,
    visits: Mapping[str, Visit],
    awaited: Collection[str],
) -> dt.date | None:
    """Make the outbox agree with the forecast as of `work.at`; gives the first later day on which a reminder is due.

    Each reminder becomes a row under its unique key. Those that may be said join the one message of the patient's next
    free sending day; the others become a task, once. What is no longer true leaves the message that waits with it.
    `visits`: those agreed, by item; `awaited`: the items whose sample was taken, of which nobody is reminded meanwhile.
    Called twice it changes nothing. Runs in the caller's transaction, who holds the patient in it. Whatever is wrong
    with a text, a number or a zone becomes a task here: no result may ever be refused because of it.
    """
    try:
        desk = open_desk(work, treatment, protocol, in_company(visits, forecast.shown))
        return _queue(desk, forecast, awaited=awaited)
    except Exception as fault:
        if not is_of_one_record(fault):
            raise
        _log.error("treatment %s: its reminders cannot be prepared: %s", treatment.id, type(fault).__name__)
        return _give_up(work, treatment, kind=type(fault).__name__)


def _give_up(work: Work, treatment: TreatmentContext, *, kind: str) -> dt.date:
    """A nurse is told, once, and tomorrow we look again."""
    open_task(
        work,
        Topic.FAILED,
        treatment_id=treatment.id,
        patient_id=treatment.patient_id,
        site_id=treatment.site_id,
        because=f"the reminders could not be prepared ({kind})",
    )
    work.note(
        "reminder.unprepared",
        patient_id=treatment.patient_id,
        site_id=treatment.site_id,
        subject=f"treatment {treatment.id}",
        why=kind,
    )
    return work.at.date() + _DAY


def _queue(desk: Desk, forecast: Forecast, *, awaited: Collection[str]) -> dt.date | None:
    listed = () if desk.contact.died_on is not None else forecast.shown
    items = [item for item in listed if item.key not in awaited] if awaited else listed
    steps = reminder_steps(forecast)
    times = visit_times(desk.visits, items)
    today = desk.work.today(desk.contact.zone.key)
    wanted = wanted_reminders(items, steps=steps, on=today, days=desk.days, times=times)
    waiting = pending_messages(desk.work, patient_id=desk.treatment.patient_id)
    fresh = [(one, row) for one, row in _with_rows(desk, wanted) if row is None or _may_be_said(row)]
    if waiting or fresh:
        with desk.work.session.begin_nested():  # what fails takes back its own rows, and no result
            _drop_untrue(desk, wanted, waiting)
            _take_up(desk, fresh)
    return next_reminder_on(items, steps=steps, on=today, days=desk.days, times=times)


def _with_rows(desk: Desk, wanted: Sequence[WantedReminder]) -> Iterable[tuple[WantedReminder, ReminderRow | None]]:
    """Each wanted reminder with the row that it already has."""
    if not wanted:
        return ()
    keys = [one.item_key for one in wanted]
    rows = desk.work.session.scalars(_OF_ITEMS, {"treatment": desk.treatment.id, "keys": keys})
    known = {(row.item_key, row.due_on, row.step): row for row in rows}
    return [(one, known.get((one.item_key, one.due_on, one.step))) for one in wanted]


def _may_be_said(row: ReminderRow) -> bool:
    return ReminderOutcome(row.outcome) in _WILL_BE_SAID_AFTER_ALL


def _drop_untrue(desk: Desk, wanted: Sequence[WantedReminder], waiting: Sequence[MessageRow]) -> None:
    """Take out of what waits what the calendar no longer asks for (H42); the rest is said in the patient's language."""
    still = {(one.item_key, one.due_on, one.step): one.time for one in wanted}
    for message in waiting:
        rows = desk.work.session.scalars(_QUEUED, {"message": message.id, "treatment": desk.treatment.id}).all()
        untrue = [row for row in rows if (row.item_key, row.due_on, row.step) not in still]
        for row in untrue:
            row.outcome = ReminderOutcome.DROPPED
        said = [(row, still[row.item_key, row.due_on, row.step]) for row in rows if row not in untrue]
        at_another_hour = [(row, time) for row, time in said if row.time != time]
        for row, time in at_another_hour:
            row.time = time
        is_of_another_site = message.site_id != desk.treatment.site_id  # whose telephone it names
        message.site_id = desk.treatment.site_id
        if untrue or at_another_hour or is_of_another_site or message.language != desk.contact.language:
            refresh(desk.work, message, contact=desk.contact, days=desk.days)


def _take_up(desk: Desk, fresh: Sequence[tuple[WantedReminder, ReminderRow | None]]) -> None:
    """Say, or hand over, what has neither been said nor handed over yet."""
    in_time = [(one, row) for one, row in fresh if not one.is_too_late]
    late = [(one, row) for one, row in fresh if one.is_too_late]
    if in_time and (why := why_no_channel(desk)) is not None:
        _hand_over(desk, in_time, Topic.NO_CHANNEL, why)
    elif in_time:
        waiting = next(iter(pending_messages(desk.work, patient_id=desk.treatment.patient_id)), None)
        day = day_for(desk, waiting)
        sayable = [(one, row) for one, row in in_time if day <= one.last_on]
        late += [(one, row) for one, row in in_time if day > one.last_on and one.is_last]
        _say(desk, sayable, day=day, waiting=waiting)
    missed = [(one, row) for one, row in late if row is None]
    if missed:
        owed = [
            (one, row)
            for one, row in missed
            if one.planned_on >= known_since(desk, one.item_key) or _was_told_another_day(desk, one)
        ]
        _hand_over(desk, owed, Topic.TOO_LATE, "a reminder could not be sent in time")


def _was_told_another_day(desk: Desk, one: WantedReminder) -> bool:
    """Whether a text that left names a day still to come on which the item is not due any more."""
    today = desk.work.today(desk.contact.zone.key)
    told = {"treatment": desk.treatment.id, "key": one.item_key, "today": today}
    return any(due_on != one.due_on for due_on in desk.work.session.scalars(_TOLD, told))


def _say(
    desk: Desk,
    sayable: Sequence[tuple[WantedReminder, ReminderRow | None]],
    *,
    day: dt.date,
    waiting: MessageRow | None,
) -> None:
    if not sayable:
        return
    rows = [_row(desk, one, row) for one, row in sayable]
    try:
        join_or_write(
            desk.work,
            rows,
            waiting=waiting,
            day=day,
            patient_id=desk.treatment.patient_id,
            site_id=desk.treatment.site_id,
            contact=desk.contact,
            days=desk.days,
            protocol=desk.protocol,
        )
    except UnsuitableText as refusal:
        _hand_over(desk, sayable, Topic.NO_CHANNEL, f"the text {refusal.reason}")


def _hand_over(
    desk: Desk, reminders: Sequence[tuple[WantedReminder, ReminderRow | None]], topic: Topic, why: str
) -> None:
    """A task for a nurse, the first time that this is found out about a reminder."""
    outcome = ReminderOutcome.TOO_LATE if topic is Topic.TOO_LATE else ReminderOutcome.NO_CHANNEL
    new = [(one, row) for one, row in reminders if row is None or row.outcome != outcome]
    for one, known in new:
        row = _row(desk, one, known)
        row.outcome = outcome
        desk.work.session.add(row)
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
        )
        desk.work.note(
            f"reminder.{outcome}",
            patient_id=desk.treatment.patient_id,
            site_id=desk.treatment.site_id,
            subject=f"treatment {desk.treatment.id}",
            why=why,
            content={"protocol": desk.protocol, "reminders": [[one.item_key, one.due_on, one.step] for one, _ in new]},
        )


def _row(desk: Desk, one: WantedReminder, row: ReminderRow | None) -> ReminderRow:
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
        last_on=one.last_on,
        created_at=desk.work.at,
    )
