"""Open this to see how the reminders that a calendar asks for become one message a day, or the task of a person."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Uuid, bindparam, select

from monitor.delivery.cancel import cancel_messages
from monitor.delivery.desk import (
    Desk,
    TreatmentContext,
    in_company,
    open_desk,
    visit_times,
)
from monitor.delivery.envelope import pending_messages, refresh
from monitor.delivery.faults import is_of_one_record
from monitor.delivery.reach import Reach
from monitor.delivery.take_up import Known, Reminders, Step, step_of, take_up
from monitor.delivery.tasks import Topic, open_task
from monitor.notices.reminder_steps import reminder_steps
from monitor.notices.reminders import WantedReminder, next_reminder_on, wanted_reminders
from monitor.protocols.protocol import Protocol
from monitor.schedules.calendar import Forecast
from monitor.store.appointment import Visit
from monitor.store.message import AttemptOutcome, MessageAttemptRow, MessageRow
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
    known = _known(desk, wanted)
    left = _may_have_left(desk, known)
    fresh = {reach: found for reach in desk.contact.addressed if (found := _fresh(wanted, known, reach, left=left))}
    if waiting or fresh:
        with desk.work.session.begin_nested():  # what fails takes back its own rows, and no result
            _drop_untrue(desk, wanted, waiting)
            for reach, reminders in fresh.items():
                take_up(desk, reach, reminders, told=known)
    return next_reminder_on(items, steps=steps, on=today, days=desk.days, times=times)


def _known(desk: Desk, wanted: Sequence[WantedReminder]) -> Known:
    """The rows that the wanted reminders have already, for each person."""
    if not wanted:
        return {}
    keys = [one.item_key for one in wanted]
    rows = desk.work.session.scalars(_OF_ITEMS, {"treatment": desk.treatment.id, "keys": keys})
    known: dict[Step, dict[str, ReminderRow]] = {}
    for row in rows:
        known.setdefault((row.item_key, row.due_on, row.step), {})[row.recipient] = row
    return known


def _may_have_left(desk: Desk, known: Known) -> frozenset[uuid.UUID]:
    """Those messages of what could be said after all that somebody may have got: another one would be a third copy."""
    rows = (row for of_step in known.values() for row in of_step.values() if _may_be_said(row))
    ended = {row.message_id for row in rows if row.message_id is not None}
    if not ended:
        return frozenset()
    left = MessageAttemptRow.outcome.in_([AttemptOutcome.ACCEPTED, AttemptOutcome.UNKNOWN])
    wanted = select(MessageAttemptRow.message_id).where(MessageAttemptRow.message_id.in_(ended), left)
    return frozenset(desk.work.session.scalars(wanted))


def _fresh(wanted: Sequence[WantedReminder], known: Known, reach: Reach, *, left: frozenset[uuid.UUID]) -> Reminders:
    """What this person has neither been told nor will be, each with its row if there is one."""
    rows = [(one, known.get(step_of(one), {}).get(reach.recipient)) for one in wanted]
    return [(one, row) for one, row in rows if row is None or (_may_be_said(row) and row.message_id not in left)]


def _may_be_said(row: ReminderRow) -> bool:
    return ReminderOutcome(row.outcome) in _WILL_BE_SAID_AFTER_ALL


def _drop_untrue(desk: Desk, wanted: Sequence[WantedReminder], waiting: Sequence[MessageRow]) -> None:
    """Take out of what waits what the calendar no longer asks for (H42); the rest is said in the reader's language."""
    still = {step_of(one): one.time for one in wanted}
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
        if untrue or at_another_hour or is_of_another_site or _is_foreign(desk, message):
            refresh(desk.work, message, contact=desk.contact, days=desk.days)


def _is_foreign(desk: Desk, message: MessageRow) -> bool:
    """Whether who is to read it reads another language by now; whoever is not addressed any more reads nothing."""
    reach = desk.contact.reach_of(message.recipient)
    return reach in desk.contact.addressed and reach.language not in ("", message.language)
