"""The rows that the actions would have left of a story: facts, versions and consents, ready for writing in bulk."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from monitor.actions.contact_data import read_phone
from monitor.actions.record_panel import PanelValue, Understood, understand
from monitor.cli.cohort.ids import Ids, Kind
from monitor.cli.cohort.story import Agreed, Arrived, Entry, Found, Line, Person, Sampled, Started
from monitor.labs.analyte import Dictionary
from monitor.protocols.protocol import Protocol
from monitor.schedules.facts import Administration, Died, Event, PlannedCourse, Status
from monitor.store.administration import AdministrationRow
from monitor.store.assessment import AssessmentRow
from monitor.store.base import Base
from monitor.store.bulk import Row
from monitor.store.event import EventKind, EventRow
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.planned_course import PlannedCourseRow
from monitor.store.result import ResultRow
from monitor.store.treatment import TreatmentRow
from monitor.terms import Role

COLUMNS: Mapping[type[Base], tuple[str, ...]] = {
    PatientRow: (
        "id", "site_id", "family_name", "given_name", "birth_date", "phone", "sex", "language", "died_on", "version",
        "created_at",
    ),
    SmsConsentRow: ("id", "patient_id", "number", "is_given", "at", "recorded_by"),
    TreatmentRow: ("id", "patient_id", "site_id", "protocol", "profile", "started_on", "version", "created_at"),
    AdministrationRow: ("id", "treatment_id", "on", "course", "day", "is_retraction", "recorded_by", "recorded_at"),
    AssessmentRow: ("id", "patient_id", "scale", "value", "on", "is_retraction", "recorded_by", "recorded_at"),
    EventRow: (
        "id", "treatment_id", "kind", "on", "key", "reason", "vaccine", "live", "is_retraction", "recorded_by",
        "recorded_at",
    ),
    PlannedCourseRow: (
        "id", "treatment_id", "course", "starts_on", "is_retraction", "recorded_by", "recorded_at",
    ),
    ResultRow: (
        "id", "patient_id", "panel_id", "position", "analyte", "value", "unit", "canonical", "comparator", "status",
        "is_confirmed", "collected_on", "recorded_by", "recorded_at",
    ),
}  # fmt: skip
"""The tables in the order of writing, with the columns that a story fills."""

Rows = dict[type[Base], list[Row]]


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


def rows_of(entries: list[Entry], *, person: Person, number: int, desk: Desk) -> Rows:
    """The rows of patient `number`, as if each entry had been recorded at its moment by the staff of the centre."""
    writer = _Writer(desk, number, desk.ids.of(Kind.PATIENT, number), desk.ids.of(Kind.TREATMENT, number))
    for entry in entries:
        writer.take(entry)
    writer.finish(person, entries)
    return writer.rows


@dataclass(slots=True)
class _Writer:
    """Collects the rows of one patient; the versions count what was recorded, as the actions count it."""

    desk: Desk
    number: int
    patient_id: UUID
    treatment_id: UUID
    rows: Rows = field(default_factory=lambda: defaultdict(list))
    patient_version: int = 1
    treatment_version: int = 1
    panels: int = 0
    started: tuple[Started, dt.datetime] | None = None
    died_on: dt.date | None = None

    def take(self, entry: Entry) -> None:
        by, at = self.desk.staff[entry.by], entry.at(self.desk.zone)
        row: Row
        match entry.fact:
            case Arrived():
                pass
            case Agreed():
                self.patient_version += 1
                self._add(SmsConsentRow, Kind.CONSENT, (self.patient_id, 1, True, at, by))
            case Started():
                self.started = entry.fact, at
            case Sampled(values=values):
                self._sheet(values, entry.on, by, at)
            case Found(scale=scale, value=value):
                self.patient_version += 1
                row = (self.patient_id, scale, value, entry.on, False, by, at)
                self._add(AssessmentRow, Kind.ASSESSMENT, row)
            case Administration(on=on, course=course, day=day):
                self.treatment_version += 1
                row = (self.treatment_id, on, course, day, False, by, at)
                self._add(AdministrationRow, Kind.ADMINISTRATION, row)
            case PlannedCourse(course=course, starts_on=starts_on):
                self.treatment_version += 1
                row = (self.treatment_id, course, starts_on, False, by, at)
                self._add(PlannedCourseRow, Kind.PLANNED_COURSE, row)
            case event:
                self._event(event, by, at)

    def finish(self, person: Person, entries: list[Entry]) -> None:
        """Patient and treatment, which know what came of them."""
        arrived_at = entries[0].at(self.desk.zone)
        phone = read_phone(person.phone, country=self.desk.country)
        self.rows[PatientRow].append((
            self.patient_id, self.desk.site_id, person.family_name, person.given_name, person.birth_date, phone,
            person.sex.value, person.language, self.died_on, self.patient_version, arrived_at,
        ))  # fmt: skip
        if self.started is not None:
            started, at = self.started
            self.rows[TreatmentRow].append((
                self.treatment_id, self.patient_id, self.desk.site_id, self.desk.protocols[started.protocol].name,
                started.profile, started.first_dose_on, self.treatment_version, at,
            ))  # fmt: skip

    def _sheet(self, values: tuple[Line, ...], on: dt.date, by: UUID, at: dt.datetime) -> None:
        self.patient_version += 1
        panel_id = self.desk.ids.of(Kind.PANEL, self.number, self.panels)
        self.panels += 1
        for position, line in enumerate(values):
            found = self.desk.understood.get(line)
            if found is None:
                found = self.desk.understood[line] = _understand(self.desk.dictionary, line)
            self._add(ResultRow, Kind.RESULT, (
                self.patient_id, panel_id, position, found.analyte, line[1], line[2], found.canonical,
                found.comparator, Status.FINAL.value, False, on, by, at,
            ))  # fmt: skip

    def _event(self, event: Event, by: UUID, at: dt.datetime) -> None:
        self.treatment_version += 1
        if isinstance(event, Died):
            self.patient_version += 1
            self.died_on = event.on
        told = {name: getattr(event, name, None) for name in ("key", "reason", "vaccine", "live")}
        kind = EventKind(str(event.__struct_config__.tag))
        row = (self.treatment_id, kind.value, event.on, *told.values(), False, by, at)
        self._add(EventRow, Kind.EVENT, row)

    def _add(self, table: type[Base], kind: Kind, values: Row) -> None:
        rows = self.rows[table]
        rows.append((self.desk.ids.of(kind, self.number, len(rows)), *values))


def _understand(dictionary: Dictionary, line: Line) -> Understood:
    analyte, value, unit = line
    return understand(dictionary, PanelValue(analyte=analyte, value=value, unit=unit), is_from_machine=False)
