"""Writes down what happened to one patient, day by day, as calls of the same actions that the doors use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from monitor.actions.complete_task import complete_task
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.record_administration import record_administration
from monitor.actions.record_assessment import record_assessment
from monitor.actions.record_death import record_death
from monitor.actions.record_panel import record_panel
from monitor.actions.register_patient import register_patient
from monitor.actions.start_treatment import start_treatment
from monitor.actions.stop_treatment import stop_treatment
from monitor.actions.suspend_treatment import suspend_treatment
from monitor.cli.demonstration.people import TIMEZONE, Patient
from monitor.cli.demonstration.sheets import Sheet
from monitor.terms import Role
from monitor.work import Work

_MINUTE = dt.timedelta(minutes=1)
_OPENS = dt.time(9)


@dataclass(slots=True)
class Known:
    """The ids that came out of the first entries, for those that follow."""

    site_id: UUID
    patient_id: UUID = UUID(int=0)
    treatment_id: UUID = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that somebody recorded at a moment."""

    at: dt.datetime
    by: Role
    do: Callable[[Work, Known], None]


@dataclass(slots=True)
class Diary:
    """One patient's entries, in the order written; those of one day follow each other by a minute."""

    patient: Patient
    entries: list[Entry] = field(default_factory=list)

    def arrives(self, on: dt.date) -> None:
        """Registered, and asked about text messages."""
        who = self.patient

        def register(work: Work, known: Known) -> None:
            known.patient_id = register_patient(
                work, site_id=known.site_id, family_name=who.family_name, given_name=who.given_name,
                birth_date=who.birth_date, sex=who.sex, language=who.language, phone=who.phone,
            )  # fmt: skip

        self._add(on, Role.NURSE, register)
        if who.agrees_to_texts:
            self._add(on, Role.NURSE, lambda work, known: _ignore(give_sms_consent(work, patient_id=known.patient_id)))

    def starts(self, on: dt.date, *, protocol: str, first_dose_on: dt.date) -> None:
        def start(work: Work, known: Known) -> None:
            known.treatment_id = start_treatment(
                work, patient_id=known.patient_id, protocol=protocol, profile="eu", started_on=first_dose_on
            )

        self._add(on, Role.NEUROLOGIST, start)

    def dose(self, on: dt.date, *, course: int | None = None, day: int | None = None) -> None:
        def give(work: Work, known: Known) -> None:
            record_administration(work, treatment_id=known.treatment_id, on=on, course=course, day=day)

        self._add(on, Role.NURSE, give)

    def sheet(self, on: dt.date, values: Sheet) -> None:
        """A laboratory sheet, entered on the day of the sample."""

        def file(work: Work, known: Known) -> None:
            record_panel(work, patient_id=known.patient_id, collected_on=on, values=values)

        self._add(on, Role.NURSE, file)

    def found(self, on: dt.date, **values: str) -> None:
        """Scales and examinations of one day, by their ids."""

        def assess(work: Work, known: Known) -> None:
            for scale, value in values.items():
                record_assessment(work, patient_id=known.patient_id, scale=scale, value=value, on=on)

        self._add(on, Role.NURSE, assess)

    def task(self, on: dt.date, key: str) -> None:
        def tick(work: Work, known: Known) -> None:
            complete_task(work, treatment_id=known.treatment_id, key=key, on=on)

        self._add(on, Role.NURSE, tick)

    def suspended(self, on: dt.date, reason: str) -> None:
        def suspend(work: Work, known: Known) -> None:
            suspend_treatment(work, treatment_id=known.treatment_id, on=on, reason=reason)

        self._add(on, Role.NEUROLOGIST, suspend)

    def stopped(self, on: dt.date, reason: str) -> None:
        def stop(work: Work, known: Known) -> None:
            stop_treatment(work, treatment_id=known.treatment_id, on=on, reason=reason)

        self._add(on, Role.NEUROLOGIST, stop)

    def died(self, on: dt.date, *, recorded_on: dt.date) -> None:
        self._add(
            recorded_on,
            Role.NEUROLOGIST,
            lambda work, known: _ignore(record_death(work, patient_id=known.patient_id, on=on)),
        )

    def _add(self, on: dt.date, by: Role, do: Callable[[Work, Known], None]) -> None:
        that_day = sum(1 for entry in self.entries if entry.at.astimezone(ZoneInfo(TIMEZONE)).date() == on)
        at = dt.datetime.combine(on, _OPENS, tzinfo=ZoneInfo(TIMEZONE)) + that_day * _MINUTE
        self.entries.append(Entry(at.astimezone(dt.UTC), by, do))


def _ignore(_id: object) -> None:
    """An entry needs no answer."""
