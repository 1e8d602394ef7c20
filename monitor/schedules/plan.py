"""The vocabulary of a protocol: what doses, what surveillance, in which windows, and who is told when it is late.

These values are read straight from `config/protocols/`; adding a way of scheduling is adding a rule type here and the
module that turns it into occurrences (`monitor/schedules/occurrences.py`).
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Literal

import msgspec

from monitor.schedules.calendar import Kind
from monitor.schedules.facts import Sex
from monitor.schedules.spans import Span


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a plan: a member nobody knows is a mistake, never ignored."""


class Window(Part, frozen=True):
    """When an occurrence may be credited, in days relative to its due date, half-open; and when it is overdue.

    `closes`: a number of days after the due date, `never`, or `next` (when the next occurrence opens).
    `overdue`: the first day of that state after the due date; absent means never.
    """

    opens: int
    closes: int | Literal["never", "next"]
    overdue: int | None = None

    def opens_on(self, due: dt.date) -> dt.date:
        """The first day on which an occurrence due then can be credited."""
        return due + dt.timedelta(days=self.opens)

    def closes_on(self, due: dt.date, *, next_opens_on: dt.date | None = None) -> dt.date | None:
        """The first day on which it no longer can; None where it never closes."""
        if self.closes == "next":
            return next_opens_on
        return due + dt.timedelta(days=self.closes) if isinstance(self.closes, int) else None

    def overdue_on(self, due: dt.date) -> dt.date | None:
        """The first day on which it is overdue; None for never."""
        return None if self.overdue is None else due + dt.timedelta(days=self.overdue)


class Rungs(Part, frozen=True):
    """Days after the oldest uncredited due date at which the alert reaches each function; absent means never.

    `critical_missed`: so many missed occurrences in a row reach the critical rung, whatever the days.
    """

    nurse: int | None = None
    neurologist: int | None = None
    critical: int | None = None
    critical_missed: int | None = None


NO_RUNGS = Rungs()


class Tighter(Part, frozen=True):
    """Other rungs for the occurrences numbered `first` to `last`."""

    first: int
    last: int
    rungs: Rungs


class Ladders(msgspec.Struct, frozen=True):
    """The usual rungs of a stream, and the tighter ones of some of its occurrences."""

    usual: Rungs
    tighter: tuple[Tighter, ...]

    def at(self, number: int) -> Rungs:
        """The rungs of occurrence `number`."""
        for tighter in self.tighter:
            if tighter.first <= number <= tighter.last:
                return tighter.rungs
        return self.usual


class Visit(Part, frozen=True):
    """The window, rungs and patient reminders (days relative to the due date) of one sort of dose."""

    window: Window
    rungs: Rungs
    reminders: tuple[int, ...] = ()


class Phase(Part, frozen=True):
    """Doses of one phase: the next is due `interval` after the last actual one while fewer than `doses` were given.

    `doses` counts from the first dose of the treatment; absent in the last phase. A dose less than `minimum_interval`
    after the previous one is too early.
    """

    name: str
    interval: Span
    minimum_interval: Span
    visit: Visit
    doses: int | None = None


class IntervalDoses(Part, frozen=True, tag_field="rule", tag="interval_after_last_dose"):
    """Single doses, each counted from the last actual one (primitives P1, P2, P9, P10)."""

    stream: str
    title: str
    source: str
    window_source: str
    phases: tuple[Phase, ...]
    long_interruption: Span


class CourseDoses(Part, frozen=True, tag_field="rule", tag="courses"):
    """Courses of infusions on consecutive days (primitives P4, P5, P9, P10)."""

    stream: str
    title: str
    source: str
    window_source: str
    days_in_first_course: int
    days_in_later_courses: int
    minimum_gap: Span
    default_course: int
    default_gap: Span
    courses_on_label: int
    long_interruption: Span
    wait_after_vaccine: Span
    first_day: Visit
    default_first_day: Visit
    later_day: Visit

    def days_in(self, course: int) -> int:
        """How many infusion days course number `course` has."""
        return self.days_in_first_course if course == 1 else self.days_in_later_courses


class WithDose(Part, frozen=True, tag_field="rule", tag="with_dose"):
    """One occurrence with every dose, due when the dose is; key `stream/n`."""


class Series(Part, frozen=True, tag_field="rule", tag="series"):
    """A regular series counted in months from an anchor (P3, P11, P24); key `stream/k`, or `stream/c.k` by course.

    `count` absent: for as long as the treatment lasts. `baseline`: the occurrence number 0, before the first dose or
    before each course, with a window of its own.
    """

    anchor: Literal["first_dose", "last_infusion"]
    every: Span
    count: int | None = None
    baseline: Window | None = None


class CourseDays(Part, frozen=True, tag_field="rule", tag="course_days"):
    """One occurrence on certain days of each course, due with that infusion; key `stream/c.d`."""

    first_course: tuple[int, ...]
    later_courses: tuple[int, ...]


class CourseStart(Part, frozen=True, tag_field="rule", tag="course_start"):
    """One occurrence on day 1 of each course; key `stream/c`."""


class AfterCourse(Part, frozen=True, tag_field="rule", tag="after_course"):
    """One occurrence a fixed time after the last infusion of each course (P21, P22); key `stream/c`."""

    after: Span


class AfterStop(Part, frozen=True, tag_field="rule", tag="after_stop"):
    """One last occurrence after the last dose of a stopped treatment (P23); key `stream/1`."""

    after: Span


Rule = WithDose | Series | CourseDays | CourseStart | AfterCourse | AfterStop


class DoneBy(StrEnum):
    """What credits an occurrence."""

    SAMPLE = "sample"  # the required values on one collection day, or the required scales on one day
    TASK = "task"  # somebody ticks it off
    DOSE = "dose"  # the dose it goes with, once given
    DUE_DATE = "due_date"  # nothing but the day after the due date


class AppliesTo(Part, frozen=True):
    """Whom a stream concerns (P14); an absent condition excludes nobody."""

    sex: Sex | None = None
    unless_childbearing_potential_is: bool | None = None


EVERYBODY = AppliesTo()


class Stream(Part, frozen=True):
    """One kind of care that recurs: what it asks for, when, in which window, and who is told when it is late.

    `requires`: required values, each `a or b` a choice; all on one collection day. `goes_on_after_stop`: whether it is
    owed even when the treatment has been stopped. `is_surveillance`: its whole calendar is shown, however far.
    """

    id: str
    kind: Kind
    title: str
    source: str
    window_source: str
    schedule: Rule
    window: Window
    done_by: DoneBy
    requires: tuple[str, ...] = ()
    rungs: Rungs = NO_RUNGS
    tighter: tuple[Tighter, ...] = ()
    reminders: tuple[int, ...] = ()
    applies_to: AppliesTo = EVERYBODY
    goes_on_after_stop: bool = False
    is_surveillance: bool = False
    settled_by_later_sample: bool = False

    @property
    def ladders(self) -> Ladders:
        """The rungs of every occurrence, in one value."""
        return Ladders(self.rungs, self.tighter)


class Surveillance(Part, frozen=True):
    """How long the treatment is watched after the last infusion of any course."""

    after_last_infusion: Span
    source: str


class Plan(Part, frozen=True):
    """A protocol's schedule: its doses, its streams and, where it is bounded, its surveillance."""

    doses: IntervalDoses | CourseDoses
    streams: tuple[Stream, ...]
    surveillance: Surveillance | None = None
