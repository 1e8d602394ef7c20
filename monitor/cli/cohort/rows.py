"""The rows that the actions would have left of a story: facts, versions and consents, ready for writing in bulk."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from monitor.actions.contact_data import read_phone
from monitor.actions.sheet_line import PanelValue, Understood, understand
from monitor.cli.cohort.columns import Rows
from monitor.cli.cohort.forms import FormWriter
from monitor.cli.cohort.ids import Ids, Kind
from monitor.cli.cohort.story import (
    Agreed,
    Called,
    Entry,
    FilledIn,
    Found,
    Line,
    NumberConfirmed,
    Person,
    Sampled,
    SampleTaken,
    Started,
    Stated,
    VisitAgreed,
)
from monitor.dossier.alsfrs_r import AlsfrsR, as_words
from monitor.dossier.entry import write_entry
from monitor.labs.analyte import Dictionary
from monitor.labs.quantities import DecimalMark
from monitor.protocols.protocol import Protocol
from monitor.schedules.facts import Administration, Died, Event, PlannedCourse, Status
from monitor.store.administration import AdministrationRow
from monitor.store.appointment import AppointmentRow
from monitor.store.assessment import AssessmentRow
from monitor.store.base import Base
from monitor.store.bulk import Row
from monitor.store.call import Callee, CallRow
from monitor.store.dossier import DossierRow
from monitor.store.event import EventKind, EventRow
from monitor.store.follow_up_form import FollowUpFormRow
from monitor.store.number_check import CheckedBy, NumberCheckRow
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.planned_course import PlannedCourseRow
from monitor.store.result import ResultRow
from monitor.store.sample_taken import SampleTakenRow
from monitor.store.treatment import TreatmentRow
from monitor.terms import Role

_POINT: DecimalMark = "point"  # the mark of every invented sheet
_KINDS: Mapping[type[Base], Kind] = {
    AdministrationRow: Kind.ADMINISTRATION,
    AppointmentRow: Kind.VISIT,
    AssessmentRow: Kind.ASSESSMENT,
    CallRow: Kind.CALL,
    DossierRow: Kind.DOSSIER_ENTRY,
    EventRow: Kind.EVENT,
    FollowUpFormRow: Kind.FORM,
    PlannedCourseRow: Kind.PLANNED_COURSE,
    ResultRow: Kind.RESULT,
    SampleTakenRow: Kind.SAMPLE,
    NumberCheckRow: Kind.NUMBER_CHECK,
    SmsConsentRow: Kind.CONSENT,
}


@dataclass(slots=True)
class Desk:
    """What the rows of a centre's patients share; `understood` remembers what was read, as sheets repeat themselves."""

    ids: Ids
    site_id: UUID
    country: str
    zone: dt.tzinfo
    staff: Mapping[Role, UUID]
    dictionary: Dictionary
    protocols: Mapping[str, Protocol]
    understood: dict[Line, Understood] = field(default_factory=dict)


def rows_of(entries: Sequence[Entry], *, person: Person, number: int, desk: Desk) -> Rows:
    """The rows of patient `number`, as if each entry had been recorded at its moment by the staff of the centre."""
    writer = _Writer(desk, number, desk.ids.of(Kind.PATIENT, number), desk.ids.of(Kind.TREATMENT, number))
    for entry in entries:
        writer.take(entry)
    writer.finish(person, arrived_at=entries[0].at(desk.zone))
    return writer.rows


@dataclass(slots=True)
class _Writer:
    """Collects the rows of one patient; the versions count what was recorded, as the actions count it."""

    desk: Desk
    number: int
    patient_id: UUID
    treatment_id: UUID
    rows: Rows = field(default_factory=lambda: defaultdict(list))
    forms: FormWriter = field(default_factory=FormWriter)
    patient_version: int = 1
    treatment_version: int = 1
    panels: int = 0
    started: tuple[Started, dt.datetime] | None = None
    confirmed: tuple[dt.datetime, UUID] | None = None
    died_on: dt.date | None = None

    def take(self, entry: Entry) -> None:
        by, at = self.desk.staff[entry.by], entry.at(self.desk.zone)
        self.forms.take(entry)
        match entry.fact:
            case Agreed():
                self.patient_version += 1
                self._add(SmsConsentRow, (self.patient_id, 1, True, at, by))
            case NumberConfirmed():
                self.patient_version += 1
                self.confirmed = at, by
            case Started():
                self.started = entry.fact, at
            case Sampled(values=values):
                self.patient_version += 1
                self._sheet(values, entry.on, by, at)
            case Found(scale=scale, value=value, items=items):
                self.patient_version += 1
                words = None if items is None else as_words(AlsfrsR(items, has_gastrostomy=False))
                self._add(AssessmentRow, (self.patient_id, scale, value, words, entry.on, False, False, by, at))
            case _:
                self._of_the_treatment(entry, (False, by, at))

    def finish(self, person: Person, *, arrived_at: dt.datetime) -> None:
        """Patient and treatment, which know what came of them."""
        phone = read_phone(person.phone, country=self.desk.country)
        self.rows[PatientRow].append((
            self.patient_id, self.desk.site_id, person.family_name, person.given_name, person.birth_date, phone,
            person.sex.value, person.language, self.died_on, self.patient_version, arrived_at,
        ))  # fmt: skip
        if self.confirmed is not None:
            self._add(NumberCheckRow, (self.patient_id, 1, phone, True, CheckedBy.CALL.value, *self.confirmed))
        if self.started is not None:
            started, at = self.started
            self.rows[TreatmentRow].append((
                self.treatment_id, self.patient_id, self.desk.site_id, self.desk.protocols[started.protocol].name,
                started.profile, started.first_dose_on, self.treatment_version, at,
            ))  # fmt: skip

    def _sheet(self, values: tuple[Line, ...], on: dt.date, by: UUID, at: dt.datetime) -> None:
        panel_id = self.desk.ids.of(Kind.PANEL, self.number, self.panels)
        self.panels += 1
        for position, line in enumerate(values):
            found = self.desk.understood.get(line)
            if found is None:
                found = self.desk.understood[line] = _understand(self.desk.dictionary, line)
            self._add(ResultRow, (
                self.patient_id, panel_id, position, found.analyte.id, line[1], line[2], found.canonical,
                found.comparator, _POINT, Status.FINAL.value, False, on, by, at,
            ))  # fmt: skip

    def _of_the_treatment(self, entry: Entry, end: Row) -> None:
        row = _row(entry, at=end[-1])
        if row is None:
            return
        table, values = row
        self.treatment_version += 1
        if isinstance(entry.fact, Died):
            self.patient_version += 1
            self.died_on = entry.fact.on
        if isinstance(entry.fact, FilledIn):
            dose_id = self.desk.ids.of(Kind.ADMINISTRATION, self.number, entry.fact.dose - 1)
            values = dose_id, self.forms.text(entry.fact)
        self._add(table, (self.treatment_id, *values, *end))

    def _add(self, table: type[Base], values: Row) -> None:
        rows = self.rows[table]
        rows.append((self.desk.ids.of(_KINDS[table], self.number, len(rows)), *values))


def _row(entry: Entry, *, at: dt.datetime) -> tuple[type[Base], Row] | None:
    """The table of a fact about the treatment, and what it says there; None for what leaves no row of its own."""
    match entry.fact:
        case Administration(on=on, course=course, day=day):
            return AdministrationRow, (on, course, day)
        case Stated(section=section, entry=stated):
            return DossierRow, (section, write_entry(stated))
        case FilledIn():
            return FollowUpFormRow, ()
        case PlannedCourse(course=course, starts_on=starts_on):
            return PlannedCourseRow, (course, starts_on)
        case VisitAgreed(keys=keys, on=on, time=time, place=place):
            return AppointmentRow, (keys, on, time, place)
        case SampleTaken(keys=keys, taken_on=taken_on, laboratory=laboratory):
            return SampleTakenRow, (keys, taken_on, laboratory)
        case Called(keys=keys, outcome=outcome):
            return CallRow, (keys, Callee.PATIENT.value, outcome, at)
    return _event(entry)


def _event(entry: Entry) -> tuple[type[Base], Row] | None:
    event = entry.fact
    if isinstance(event, Event):
        told = [getattr(event, name, None) for name in ("key", "reason", "vaccine", "live")]
        return EventRow, (EventKind(str(event.__struct_config__.tag)).value, event.on, *told)
    return None


def _understand(dictionary: Dictionary, line: Line) -> Understood:
    analyte, value, unit = line
    printed = PanelValue(analyte=analyte, value=value, unit=unit)
    return understand(dictionary, printed, decimal=_POINT, is_from_machine=False)
