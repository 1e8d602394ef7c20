"""The one heartbeat: makes agenda, alerts and outbox of one treatment agree with its facts as of now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from monitor.delivery.patience import patience_of
from monitor.delivery.queue import queue_reminders
from monitor.delivery.tell_staff import tell_staff
from monitor.notices.late_alerts import late_alerts
from monitor.notices.letters import WantedLetter, wanted_letters
from monitor.notices.result_alerts import ResultAlert
from monitor.protocols.judged import Judged, judged
from monitor.schedules.calendar import OWED, Alert, Forecast, Item
from monitor.schedules.facts import History
from monitor.schedules.horizon import planned_until
from monitor.schedules.service_items import ServiceItems, awaited_results, service_items
from monitor.store.agenda import Entry, Reconciled, reconcile_agenda
from monitor.store.asked_letter import reconcile_letters
from monitor.store.circumstances import Circumstances, read_circumstances
from monitor.store.histories import read_histories
from monitor.store.overdue_alert import reconcile_overdue
from monitor.store.result_alert import reconcile_results
from monitor.store.treatment import TreatmentRecord, find_treatments, write_projection
from monitor.terms import Missing
from monitor.work import Work


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was brought into step: nothing at all, the second time on the same day. `judged`: what the facts came to."""

    judged: Judged
    agenda: Reconciled
    alerts: Reconciled
    letters: Reconciled
    attention_on: dt.date | None
    is_rescheduled: bool

    @property
    def is_changed(self) -> bool:
        return any((self.agenda, self.alerts, self.letters, self.is_rescheduled))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from the facts of a treatment on a day: its calendar, what values mean, and what surrounds it."""

    judged: Judged
    circumstances: Circumstances
    awaited: dict[str, dt.date]
    service: ServiceItems

    @property
    def calendar(self) -> Forecast:
        """The calendar, with the alerts on values and the samples they ask for."""
        return self.judged.calendar

    @property
    def overdue(self) -> tuple[Alert, ...]:
        """What is late enough that somebody must be told."""
        return (*self.calendar.alerts, *self.judged.repeats.alerts)

    @property
    def letters(self) -> tuple[WantedLetter, ...]:
        """What is to be posted, or was."""
        return wanted_letters(self.calendar.letters, sent=self.circumstances.letters, awaited=self.awaited)

    def late(self, arrived: Collection[str]) -> tuple[ResultAlert, ...]:
        """The grave findings of what just arrived, also where newer values have ended them already."""
        return late_alerts(self.judged.subject, arrived=arrived)

    def attention_on(self, next_reminder_on: dt.date | None) -> dt.date | None:
        """The first later day on which anything changes by time alone; None: never."""
        days = (self.calendar.attention_on, self.service.changes_on, next_reminder_on)
        return min((day for day in days if day is not None), default=None)

    def entries(self) -> list[Entry]:
        """What the agenda shows."""
        outlook = self.calendar.outlook | self.service.outlook
        visit_for, declared, awaited = self.circumstances.visit_for, self.circumstances.declared, self.awaited
        items = (*agenda_items(self.calendar).values(), *self.service.items)
        return [
            Entry(item, outlook[item.key], visit_for(item), awaited.get(item.key), declared.get(item.key))
            for item in items
        ]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is recorded of one treatment and that the calendar, the agenda and the reminders hang on."""

    treatment: TreatmentRecord
    history: History
    circumstances: Circumstances

    def with_history(self, history: History) -> Facts:
        """The same, were this its history."""
        return replace(self, history=history)


def follow_up(work: Work, *, treatment_id: UUID, arrived: Collection[UUID] = ()) -> FollowUp:
    """Follow up one treatment: forecast, judge, reconcile, queue. Twice changes nothing.

    Every action calls it after its fact, the sweep calls it with none. `arrived`: the rows of results just filed, of
    which a grave one alerts even where newer values are normal again. The caller holds the patient. Raises Missing.
    """
    found = read_facts(work, treatment_ids=(treatment_id,))
    if not found:
        raise Missing("no such treatment", field="treatment_id")
    return bring_into_step(work, found[treatment_id], arrived=arrived)


def read_facts(work: Work, *, treatment_ids: Sequence[UUID]) -> dict[UUID, Facts]:
    """What is recorded of these treatments, in a few queries however many they are.

    The versions are read first: where they still hold later on, so do the facts.
    """
    records = find_treatments(work.session, site_ids=None, treatment_ids=treatment_ids)
    around = read_circumstances(work.session, treatment_ids=treatment_ids)
    histories = read_histories(
        work.session,
        treatment_ids=treatment_ids,
        dictionary=work.catalog.dictionary,
        visits={key: one.visits for key, one in around.items()},
    )
    return {one.id: Facts(one, histories[one.id], around[one.id]) for one in records}


def bring_into_step(work: Work, facts: Facts, *, arrived: Collection[UUID] = ()) -> FollowUp:
    """The same, with the facts at hand: for those who read many treatments at once."""
    treatment = facts.treatment
    today = work.today(treatment.timezone)
    found = work_out(work, facts)
    agenda = reconcile_agenda(work.session, treatment=treatment, entries=found.entries())
    alerts = _reconcile_alerts(work, treatment, found, arrived=arrived, on=today)
    letters = reconcile_letters(work.session, treatment=treatment, wanted=found.letters)
    if alerts:
        tell_staff(work, patient_id=treatment.patient_id)
    next_reminder_on = queue_reminders(
        work,
        treatment=treatment,
        forecast=found.calendar,
        protocol=work.catalog.protocol(treatment.protocol),
        visits=facts.circumstances.visits,
        awaited=found.awaited.keys(),
    )
    attention_on = found.attention_on(next_reminder_on)
    is_rescheduled = write_projection(
        work.session,
        treatment=treatment,
        attention_on=attention_on,
        surveillance_ends_on=found.calendar.surveillance_ends_on,
        followed_up_on=today,
    )
    done = FollowUp(
        judged=found.judged,
        agenda=agenda,
        alerts=alerts,
        letters=letters,
        attention_on=attention_on,
        is_rescheduled=is_rescheduled,
    )
    _note(work, treatment, done)
    return done


def _reconcile_alerts(
    work: Work, treatment: TreatmentRecord, found: Outcome, *, arrived: Collection[UUID], on: dt.date
) -> Reconciled:
    """What is overdue, and what values give rise to."""
    patience = patience_of(work, timezone=treatment.timezone, country=treatment.country)
    overdue = reconcile_overdue(
        work.session, treatment=treatment, wanted=found.overdue, at=work.at, on=on, patience=patience
    )
    results = reconcile_results(
        work.session,
        treatment=treatment,
        wanted=found.judged.results,
        late=found.late({str(row_id) for row_id in arrived}),
        at=work.at,
        on=on,
        patience=patience,
        has_died=found.calendar.has_died,
    )
    return overdue + results


def work_out(work: Work, facts: Facts) -> Outcome:
    """What the facts of the treatment come to today; writes nothing."""
    treatment, circumstances = facts.treatment, facts.circumstances
    today = work.today(treatment.timezone)
    basis = work.catalog.basis(treatment.protocol, treatment.profile, country=treatment.country)
    found = judged(basis, facts.history, on=today, until=planned_until(today), signs=circumstances.signs)
    calendar = found.calendar
    awaited = awaited_results(calendar, circumstances.samples)
    service = service_items(
        awaited=awaited,
        forms=circumstances.forms,
        patience=work.settings.result_awaited_for,
        on=today,
        working_days=basis.working_days,
    )
    return Outcome(judged=found, circumstances=circumstances, awaited=awaited, service=service)


def agenda_items(calendar: Forecast) -> dict[str, Item]:
    """What the agenda shows of a calendar: every item that waits for somebody, and the next one of each stream."""
    waiting = {item.key: item for item in calendar.items if item.state in OWED}
    return {item.key: item for item in calendar.upcoming} | waiting


def _note(work: Work, treatment: TreatmentRecord, done: FollowUp) -> None:
    if not done.is_changed:
        return
    work.note(
        "follow_up",
        patient_id=treatment.patient_id,
        site_id=treatment.site_id,
        subject=f"treatment {treatment.id}",
        content={
            "agenda": done.agenda.counts(),
            "alerts": done.alerts.counts(),
            "letters": done.letters.counts(),
        },
    )
