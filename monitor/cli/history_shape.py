"""The public shapes of `simulate`: a history as it is read, and the answer as it is written (contract, section 1)."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from monitor.schedules import facts
from monitor.schedules.calendar import Alert, Item, Warning
from monitor.schedules.facts import Fact, Sex, Status, Vzv


class PatientIn(Fact, frozen=True):
    """What the calendar must know of the patient."""

    sex: Sex
    birth_date: dt.date
    childbearing_potential: bool | UnsetType = UNSET
    access_expires_on: dt.date | UnsetType = UNSET
    vzv: Vzv | UnsetType = UNSET


class AdministrationIn(Fact, frozen=True):
    """A dose that was given."""

    on: dt.date
    course: int | UnsetType = UNSET
    day: int | UnsetType = UNSET
    reason_override: str | UnsetType = UNSET


class ResultIn(Fact, frozen=True):
    """One row of a laboratory sheet, as printed."""

    analyte: str
    value: str
    collected_on: dt.date
    status: Status
    unit: str | UnsetType = UNSET
    lower: str | UnsetType = UNSET
    upper: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    replaces: str | UnsetType = UNSET
    confirmed: bool | UnsetType = UNSET


class AssessmentIn(Fact, frozen=True):
    """A scale or an examination done on a day."""

    scale: str
    value: str
    on: dt.date


class HistoryIn(Fact, frozen=True):
    """One history: what `monitor simulate` reads."""

    protocol: str
    patient: PatientIn
    started_on: dt.date
    id: str | int | None = None
    profile: Literal["eu", "us"] = "eu"
    administrations: tuple[AdministrationIn, ...] = ()
    planned_courses: tuple[facts.PlannedCourse, ...] = ()
    results: tuple[ResultIn, ...] = ()
    assessments: tuple[AssessmentIn, ...] = ()
    events: tuple[facts.Event, ...] = ()
    on: dt.date | UnsetType = UNSET
    until: dt.date | UnsetType = UNSET


class Next(msgspec.Struct, frozen=True):
    """The next due dates, whatever `until` says."""

    dose: dt.date | None
    lab: dt.date | None


class Answer(msgspec.Struct, frozen=True):
    """What `monitor simulate` answers for one history."""

    id: str | int | None
    protocol: str
    profile: str
    on: dt.date
    items: tuple[Item, ...]
    surveillance_ends_on: dt.date | None
    next: Next
    alerts: tuple[Alert, ...]
    warnings: tuple[Warning, ...]
