"""The one heartbeat: makes agenda, alerts and outbox of one treatment agree with its facts as of now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from monitor.delivery.queue import queue_reminders
from monitor.schedules.calendar import Forecast, Item, State
from monitor.schedules.facts import History
from monitor.schedules.forecast import forecast
from monitor.schedules.horizon import planned_until
from monitor.store.agenda import Reconciled, reconcile_agenda
from monitor.store.alert import reconcile_overdue
from monitor.store.histories import read_history
from monitor.store.treatment import TreatmentRecord, find_treatments, write_projection
from monitor.terms import Missing
from monitor.work import Work

_WAITING = frozenset({State.OPEN, State.LATE, State.OVERDUE})


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was brought into step: nothing at all, the second time on the same day."""

    agenda: Reconciled
    alerts: Reconciled
    attention_on: dt.date | None
    is_rescheduled: bool

    @property
    def is_changed(self) -> bool:
        return bool(self.agenda) or bool(self.alerts) or self.is_rescheduled


def follow_up(work: Work, *, treatment_id: UUID) -> FollowUp:
    """Follow up one treatment: forecast, reconcile, queue. Twice changes nothing.

    Every action calls it after its fact, the sweep calls it with none. The caller holds the patient. Raises Missing.
    """
    found = find_treatments(work.session, site_ids=None, treatment_ids=(treatment_id,))
    if not found:
        raise Missing("no such treatment", field="treatment_id")
    history = read_history(work.session, treatment_id=treatment_id, dictionary=work.catalog.dictionary)
    return bring_into_step(work, treatment=found[0], history=history)


def bring_into_step(work: Work, *, treatment: TreatmentRecord, history: History) -> FollowUp:
    """The same, with the facts at hand: for those who read many treatments at once."""
    today = work.today(treatment.timezone)
    protocol = work.catalog.protocol(treatment.protocol)
    calendar = forecast(
        protocol.plan,
        history,
        on=today,
        until=planned_until(today),
        working_days=work.catalog.working_days(treatment.country),
    )
    agenda = reconcile_agenda(work.session, treatment=treatment, items=agenda_items(calendar), outlook=calendar.outlook)
    alerts = reconcile_overdue(work.session, treatment=treatment, wanted=calendar.alerts, at=work.at, on=today)
    next_reminder_on = queue_reminders(work, treatment=treatment, forecast=calendar, protocol=protocol)
    attention_on = min((day for day in (calendar.attention_on, next_reminder_on) if day is not None), default=None)
    is_rescheduled = write_projection(
        work.session,
        treatment=treatment,
        attention_on=attention_on,
        surveillance_ends_on=calendar.surveillance_ends_on,
        followed_up_on=today,
    )
    done = FollowUp(agenda=agenda, alerts=alerts, attention_on=attention_on, is_rescheduled=is_rescheduled)
    _note(work, treatment, done)
    return done


def agenda_items(calendar: Forecast) -> dict[str, Item]:
    """What the agenda shows: every item that waits for somebody, and the next one of each stream."""
    waiting = {item.key: item for item in calendar.items if item.state in _WAITING}
    return {item.key: item for item in calendar.upcoming} | waiting


def _note(work: Work, treatment: TreatmentRecord, done: FollowUp) -> None:
    if not done.is_changed:
        return
    work.note(
        "follow_up",
        patient_id=treatment.patient_id,
        site_id=treatment.site_id,
        subject=f"treatment {treatment.id}",
        content={"agenda": done.agenda.counts(), "alerts": done.alerts.counts()},
    )
