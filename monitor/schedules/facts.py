"""What is known about one treatment: facts as frozen values, in any order, from any source."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

import msgspec


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact as files and requests write it too: a member nobody knows is a mistake, never ignored."""


class Status(StrEnum):
    """How far a laboratory stands behind a result."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    CORRECTED = "corrected"
    ENTERED_IN_ERROR = "entered_in_error"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Vzv(StrEnum):
    """Whether a patient is immune to varicella-zoster."""

    IMMUNE = "immune"
    NEGATIVE = "negative"
    UNKNOWN = "unknown"


class Person(Fact, frozen=True):
    """What the calendar must know of a patient: nothing that identifies anybody."""

    sex: Sex
    birth_date: dt.date
    childbearing_potential: bool | None = None
    access_expires_on: dt.date | None = None
    vzv: Vzv | None = None


class Administration(Fact, frozen=True):
    """A dose that was given; `course` and `day` only where the protocol has courses."""

    on: dt.date
    course: int | None = None
    day: int | None = None
    reason_override: str | None = None


class PlannedCourse(Fact, frozen=True):
    """A course with an agreed first day."""

    course: int
    starts_on: dt.date


class Measured(Protocol):
    """A value, or a sample that gave none: of which analyte, and of which day."""

    @property
    def analyte(self) -> str: ...
    @property
    def collected_on(self) -> dt.date: ...


class Reading(msgspec.Struct, frozen=True, gc=False):  # by the thousand, and in no cycle
    """One row of one laboratory sheet, already looked up in the dictionary.

    `analyte` is the dictionary's id, None where the row names no analyte we know. `is_readable`: the value parses, its
    unit is known and it is plausible or was confirmed. `value`: the least it can be, in the canonical unit; None where
    it is no number or is only known to lie below one. `id` and `replaces` tie a correction to what it corrects.
    `measured`: what whoever judges values makes of the row; carried here, and never looked into by the calendar
    (`protocols/readings.py` puts it in and takes it out).
    """

    analyte: str | None
    collected_on: dt.date
    is_readable: bool
    status: Status = Status.FINAL
    id: str | None = None
    replaces: str | None = None
    value: Decimal | None = None
    measured: Measured | None = None


class Assessment(msgspec.Struct, frozen=True):
    """A scale or examination done on a day; `scale` is None where the row names none we know."""

    scale: str | None
    on: dt.date
    has_value: bool = True


class Suspended(Fact, frozen=True, tag_field="kind", tag="suspended"):
    on: dt.date
    reason: str


class Resumed(Fact, frozen=True, tag_field="kind", tag="resumed"):
    on: dt.date


class Stopped(Fact, frozen=True, tag_field="kind", tag="stopped"):
    on: dt.date
    reason: str


class Died(Fact, frozen=True, tag_field="kind", tag="died"):
    on: dt.date


class Waived(Fact, frozen=True, tag_field="kind", tag="waived"):
    on: dt.date
    key: str
    reason: str


class Moved(Fact, frozen=True, tag_field="kind", tag="moved"):
    on: dt.date
    key: str
    to: dt.date


class TaskDone(Fact, frozen=True, tag_field="kind", tag="task_done"):
    on: dt.date
    key: str


class Vaccinated(Fact, frozen=True, tag_field="kind", tag="vaccinated"):
    on: dt.date
    vaccine: str
    live: bool


Event = Suspended | Resumed | Stopped | Died | Waived | Moved | TaskDone | Vaccinated


class History(msgspec.Struct, frozen=True):
    """Everything known about one treatment.

    The order of the tuples means nothing, but for `readings`: there a `corrected` or `entered_in_error` row without
    `replaces` replaces the rows before it of the same analyte and day (contract, "What counts").
    """

    person: Person
    started_on: dt.date
    administrations: tuple[Administration, ...] = ()
    planned_courses: tuple[PlannedCourse, ...] = ()
    readings: tuple[Reading, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    events: tuple[Event, ...] = ()

    def first_dose_on(self, *, on: dt.date) -> dt.date | None:
        """The day of the first dose as it is known on a day; None where none was given by then."""
        return min((given.on for given in self.administrations if given.on <= on), default=None)
