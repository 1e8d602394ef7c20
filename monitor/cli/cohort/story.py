"""What happened to one invented patient, fact by fact in the order of recording: told here, written down elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from monitor.dossier.entry import Entry as DossierEntry
from monitor.dossier.follow_up_form import FollowUpAnswers
from monitor.schedules.facts import (
    Administration,
    Died,
    Event,
    PlannedCourse,
    Resumed,
    Sex,
    Stopped,
    Suspended,
    TaskDone,
    Vaccinated,
)
from monitor.terms import Role

_MINUTE = dt.timedelta(minutes=1)
_OPENS = dt.time(9)


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is; the number belongs to a range kept for fiction."""

    given_name: str
    family_name: str
    sex: Sex
    birth_date: dt.date
    language: str
    phone: str
    agrees_to_texts: bool = True


@dataclass(frozen=True, slots=True)
class Arrived:
    """Registered at the site."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Agreed to text messages."""


@dataclass(frozen=True, slots=True)
class NumberConfirmed:
    """Reached at the number in the record."""


@dataclass(frozen=True, slots=True)
class Started:
    """Put on a protocol, with the day agreed for the first dose."""

    protocol: str
    first_dose_on: dt.date
    profile: str = "eu"


Line = tuple[str, str, str | None]
"""One line of a laboratory sheet: analyte, value and unit as they are printed."""
Sheet = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sampled:
    """A laboratory sheet, entered on the day of the sample."""

    values: Sheet


@dataclass(frozen=True, slots=True)
class Found:
    """A scale or an examination; `items` are the single scores of the ALSFRS-R."""

    scale: str
    value: str
    items: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """Something known around the treatment, in a section of its dossier."""

    section: str
    entry: DossierEntry


@dataclass(frozen=True, slots=True)
class FilledIn:
    """The follow-up form of the dose of that number, the first being 1."""

    dose: int
    answers: FollowUpAnswers


@dataclass(frozen=True, slots=True)
class VisitAgreed:
    """A visit for some items that lie ahead."""

    keys: tuple[str, ...]
    on: dt.date
    time: dt.time
    place: str


@dataclass(frozen=True, slots=True)
class SampleTaken:
    """A sample of which the result is awaited."""

    keys: tuple[str, ...]
    taken_on: dt.date
    laboratory: str


@dataclass(frozen=True, slots=True)
class Called:
    """A telephone call to the patient about some items."""

    keys: tuple[str, ...]
    outcome: str


Known = Sampled | Found | Stated | FilledIn
Agreement = PlannedCourse | VisitAgreed | SampleTaken | Called
Fact = Arrived | Agreed | NumberConfirmed | Started | Administration | Known | Agreement | Event


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact, with the day on which somebody recorded it; those of one day follow each other by a minute."""

    on: dt.date
    place: int
    by: Role
    fact: Fact

    def at(self, zone: dt.tzinfo) -> dt.datetime:
        """The moment of recording on the wall of that zone, in UTC."""
        opening = dt.datetime.combine(self.on, _OPENS, tzinfo=zone).astimezone(dt.UTC)
        return opening + self.place * _MINUTE


@dataclass(slots=True)
class Story:
    """The entries of one patient, in the order written; `centre` is the number of the site, counted from 0."""

    person: Person
    centre: int
    entries: list[Entry] = field(default_factory=list)

    def arrives(self, on: dt.date) -> None:
        """Registered, and asked about text messages."""
        self._add(on, Role.NURSE, Arrived())
        if self.person.agrees_to_texts:
            self._add(on, Role.NURSE, Agreed())

    def starts(self, on: dt.date, *, protocol: str, first_dose_on: dt.date) -> None:
        self._add(on, Role.NEUROLOGIST, Started(protocol, first_dose_on))

    def dose(self, on: dt.date, *, course: int | None = None, day: int | None = None) -> None:
        self._add(on, Role.NURSE, Administration(on=on, course=course, day=day))

    def sheet(self, on: dt.date, values: Sheet) -> None:
        self._add(on, Role.NURSE, Sampled(values))

    def found(self, on: dt.date, **values: str) -> None:
        """Scales and examinations of one day, by their ids."""
        for scale, value in values.items():
            self._add(on, Role.NURSE, Found(scale, value))

    def scored(self, on: dt.date, scale: str, items: tuple[int, ...]) -> None:
        """A scale that is recorded item by item."""
        self._add(on, Role.NURSE, Found(scale, str(sum(items)), items))

    def stated(self, on: dt.date, **entries: DossierEntry) -> None:
        """What is put into the dossier on a day, by section."""
        for section, entry in entries.items():
            self._add(on, Role.NEUROLOGIST, Stated(section, entry))

    def form(self, on: dt.date, *, dose: int, answers: FollowUpAnswers) -> None:
        self._add(on, Role.NURSE, FilledIn(dose, answers))

    def visit(self, agreed_on: dt.date, *, keys: tuple[str, ...], on: dt.date, time: dt.time, place: str) -> None:
        self._add(agreed_on, Role.NURSE, VisitAgreed(keys, on, time, place))

    def sample_taken(self, on: dt.date, *, keys: tuple[str, ...], laboratory: str) -> None:
        self._add(on, Role.NURSE, SampleTaken(keys, on, laboratory))

    def called(self, on: dt.date, *, keys: tuple[str, ...], outcome: str) -> None:
        self._add(on, Role.NURSE, Called(keys, outcome))

    def task(self, on: dt.date, key: str, *, by: Role = Role.NURSE) -> None:
        self._add(on, by, TaskDone(on=on, key=key))

    def course_planned(self, on: dt.date, *, course: int, starts_on: dt.date) -> None:
        self._add(on, Role.NEUROLOGIST, PlannedCourse(course=course, starts_on=starts_on))

    def vaccinated(self, on: dt.date, vaccine: str, *, recorded_on: dt.date) -> None:
        """A vaccine that is not live, recorded when the treatment is prepared."""
        self._add(recorded_on, Role.NURSE, Vaccinated(on=on, vaccine=vaccine, live=False))

    def suspended(self, on: dt.date, reason: str) -> None:
        self._add(on, Role.NEUROLOGIST, Suspended(on=on, reason=reason))

    def resumed(self, on: dt.date) -> None:
        self._add(on, Role.NEUROLOGIST, Resumed(on=on))

    def stopped(self, on: dt.date, reason: str) -> None:
        self._add(on, Role.NEUROLOGIST, Stopped(on=on, reason=reason))

    def died(self, on: dt.date, *, recorded_on: dt.date) -> None:
        """The end: what was told of later days did not happen."""
        self.entries = [entry for entry in self.entries if entry.on <= on]
        self._add(recorded_on, Role.NEUROLOGIST, Died(on=on))

    def confirms_number(self) -> None:
        """Whoever saw the patient last asked whether the number is still theirs."""
        last = max(self.entries, key=_moment)
        if not isinstance(last.fact, Died):
            self._add(last.on, Role.NURSE, NumberConfirmed())

    def between(self, first: dt.date, end: dt.date) -> list[Entry]:
        """The entries of a period, as they followed each other."""
        return sorted((entry for entry in self.entries if first <= entry.on < end), key=_moment)

    def in_order(self) -> list[Entry]:
        """The entries as they followed each other."""
        return sorted(self.entries, key=_moment)

    def _add(self, on: dt.date, by: Role, fact: Fact) -> None:
        place = sum(1 for entry in self.entries if entry.on == on)
        self.entries.append(Entry(on, place, by, fact))


def _moment(entry: Entry) -> tuple[dt.date, int]:
    return entry.on, entry.place
