"""Plays a story through the same actions that the doors call, one entry at a time: the slow way, and the judge."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from monitor.actions.complete_task import complete_task
from monitor.actions.confirm_number import confirm_number
from monitor.actions.file_follow_up_form import file_follow_up_form
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.make_appointment import make_appointment
from monitor.actions.note_sample_taken import note_sample_taken
from monitor.actions.plan_course import plan_course
from monitor.actions.record_administration import record_administration
from monitor.actions.record_assessment import record_assessment
from monitor.actions.record_call import record_call
from monitor.actions.record_death import record_death
from monitor.actions.record_dossier_entry import record_dossier_entry
from monitor.actions.record_panel import record_panel
from monitor.actions.record_vaccination import record_vaccination
from monitor.actions.register_patient import register_patient
from monitor.actions.resume_treatment import resume_treatment
from monitor.actions.sheet_line import PanelValue
from monitor.actions.start_treatment import start_treatment
from monitor.actions.stop_treatment import stop_treatment
from monitor.actions.suspend_treatment import suspend_treatment
from monitor.cli.cohort.story import (
    Agreed,
    Arrived,
    Called,
    Entry,
    FilledIn,
    Found,
    NumberConfirmed,
    Person,
    Sampled,
    SampleTaken,
    Started,
    Stated,
    VisitAgreed,
)
from monitor.schedules.facts import (
    Administration,
    Died,
    PlannedCourse,
    Resumed,
    Stopped,
    Suspended,
    TaskDone,
    Vaccinated,
)
from monitor.store.recipient import Recipient
from monitor.terms import Weekday
from monitor.work import Work


@dataclass(slots=True)
class Known:
    """The ids that came out of the first entries, for those that follow; `doses` in the order of giving."""

    site_id: UUID
    patient_id: UUID = UUID(int=0)
    treatment_id: UUID = UUID(int=0)
    doses: list[UUID] = field(default_factory=list)


def play(work: Work, entry: Entry, *, person: Person, known: Known) -> None:
    """Let one entry happen; raises the refusal of its action."""
    match entry.fact:
        case Arrived():
            known.patient_id = _register(work, person, known)
        case Agreed():
            give_sms_consent(work, patient_id=known.patient_id)
        case NumberConfirmed():
            confirm_number(work, patient_id=known.patient_id, recipient=Recipient.SELF.value, phone=person.phone)
        case Started(protocol=protocol, first_dose_on=first_dose_on, profile=profile):
            known.treatment_id = start_treatment(
                work, patient_id=known.patient_id, protocol=protocol, profile=profile, started_on=first_dose_on
            )
        case Administration(on=on, course=course, day=day):
            dose = record_administration(work, treatment_id=known.treatment_id, on=on, course=course, day=day)
            known.doses.append(dose)
        case Sampled() | Found() | Died():
            _of_the_patient(work, entry, known.patient_id)
        case PlannedCourse() | VisitAgreed() | SampleTaken() | Called():
            _agree(work, entry, known.treatment_id)
        case _:
            _of_the_treatment(work, entry, known)


def _register(work: Work, person: Person, known: Known) -> UUID:
    return register_patient(
        work, site_id=known.site_id, family_name=person.family_name, given_name=person.given_name,
        birth_date=person.birth_date, sex=person.sex, language=person.language, phone=person.phone,
    )  # fmt: skip


def _of_the_patient(work: Work, entry: Entry, patient_id: UUID) -> None:
    match entry.fact:
        case Sampled(values=values):
            lines = [PanelValue(analyte=analyte, value=value, unit=unit) for analyte, value, unit in values]
            record_panel(work, patient_id=patient_id, collected_on=entry.on, values=lines)
        case Found(scale=scale, value=value, items=items):
            record_assessment(
                work, patient_id=patient_id, scale=scale, value=value, on=entry.on, items=items,
                has_gastrostomy=None if items is None else False,
            )  # fmt: skip
        case Died(on=on):
            record_death(work, patient_id=patient_id, on=on)


def _agree(work: Work, entry: Entry, treatment_id: UUID) -> None:
    match entry.fact:
        case PlannedCourse(course=course, starts_on=starts_on):
            weekday = tuple(Weekday)[starts_on.weekday()].value
            plan_course(
                work, treatment_id=treatment_id, course=course, starts_on=starts_on, weekday=weekday, is_confirmed=True
            )
        case VisitAgreed(keys=keys, on=on, time=time, place=place):
            make_appointment(work, treatment_id=treatment_id, keys=keys, on=on, time=time, place=place)
        case SampleTaken(keys=keys, taken_on=taken_on, laboratory=laboratory):
            note_sample_taken(work, treatment_id=treatment_id, keys=keys, taken_on=taken_on, laboratory=laboratory)
        case Called(keys=keys, outcome=outcome):
            record_call(work, treatment_id=treatment_id, keys=keys, callee="patient", outcome=outcome)


def _of_the_treatment(work: Work, entry: Entry, known: Known) -> None:
    treatment_id = known.treatment_id
    match entry.fact:
        case Stated(section=section, entry=content):
            record_dossier_entry(work, treatment_id=treatment_id, section=section, content=msgspec.to_builtins(content))
        case FilledIn(dose=dose, answers=answers):
            file_follow_up_form(work, dose_id=known.doses[dose - 1], answers=msgspec.to_builtins(answers))
        case TaskDone(on=on, key=key):
            complete_task(work, treatment_id=treatment_id, key=key, on=on)
        case Vaccinated(on=on, vaccine=vaccine, live=live):
            record_vaccination(work, treatment_id=treatment_id, on=on, vaccine=vaccine, live=live)
        case Suspended(on=on, reason=reason):
            suspend_treatment(work, treatment_id=treatment_id, on=on, reason=reason)
        case Resumed(on=on):
            resume_treatment(work, treatment_id=treatment_id, on=on)
        case Stopped(on=on, reason=reason):
            stop_treatment(work, treatment_id=treatment_id, on=on, reason=reason)
        case unplayable:
            raise TypeError(f"no action records {type(unplayable).__name__}")
