"""The ways in which care recurs: one rule type each, as protocol files write them, and the window of an occurrence.

Adding a way of scheduling is adding a rule type here and the module that turns it into occurrences
(`monitor/schedules/occurrences.py`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

import msgspec

from monitor.spans import Span


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


class ResultGate(Part, frozen=True):
    """A condition that a result must meet (P13): its analyte, and the least canonical value that meets it.

    What waits for it shows the analyte in `blocked_by`. A bounded result meets it only where its bound does.
    """

    analyte: str
    at_least: Decimal


class WithDose(Part, frozen=True, tag_field="rule", tag="with_dose"):
    """One occurrence with every dose, due when the dose is; key `stream/n`."""


class Series(Part, frozen=True, tag_field="rule", tag="series"):
    """A regular series counted in months from an anchor (P3, P11, P24); key `stream/k`, or `stream/c.k` by course.

    `count` absent: for as long as the treatment lasts, or `until` a result meets its gate. `baseline`: the occurrence
    number 0, before the first dose or before each course, with a window of its own. `first`: the number of the first
    occurrence. `from_anchor`: number 1 is due on the anchor itself, number 2 one step later.
    """

    anchor: Literal["first_dose", "last_infusion"]
    every: Span
    count: int | None = None
    baseline: Window | None = None
    first: int = 1
    from_anchor: bool = False
    until: ResultGate | None = None

    def due(self, anchor: dt.date, number: int) -> dt.date:
        """The due date of occurrence `number`, counted from the anchor and never from the one before."""
        return self.every.after(anchor, times=number - self.from_anchor)


class CourseDays(Part, frozen=True, tag_field="rule", tag="course_days"):
    """One occurrence on certain days of each course, due with that infusion; key `stream/c.d`."""

    first_course: tuple[int, ...]
    later_courses: tuple[int, ...]


class CourseStart(Part, frozen=True, tag_field="rule", tag="course_start"):
    """One occurrence on day 1 of each course; key `stream/c`."""


class AfterCourse(Part, frozen=True, tag_field="rule", tag="after_course"):
    """One occurrence a fixed time after the last infusion of each course (P21, P22); key `stream/c`.

    `until`: not before the first result after that infusion that meets the gate, whichever is later.
    """

    after: Span
    until: ResultGate | None = None


class AfterStop(Part, frozen=True, tag_field="rule", tag="after_stop"):
    """One last occurrence after the last dose of a stopped treatment (P23); key `stream/1`."""

    after: Span


class AfterDose(Part, frozen=True, tag_field="rule", tag="after_dose"):
    """One occurrence each of so many days after every dose; key `stream/n.d`."""

    days: tuple[int, ...]


class BeforeAccessExpires(Part, frozen=True, tag_field="rule", tag="before_access_expires"):
    """One occurrence ahead of the day on which the permission to treat this patient expires (P30); key `stream/1`."""

    before: Span


class PlanCourse(Part, frozen=True, tag_field="rule", tag="plan_course"):
    """One occurrence a fixed time after the last infusion of the course before `course`; key `stream/c`.

    Done with the first infusion of that course or of a later one.
    """

    course: int
    after: Span


class SinceFirstInfusion(Part, frozen=True, tag_field="rule", tag="since_first_infusion"):
    """A series from the first infusion of all, as long as it falls due under surveillance (P30); key `stream/k`."""

    every: Span


class SurveillanceEnd(Part, frozen=True, tag_field="rule", tag="surveillance_end"):
    """One occurrence on the day on which the surveillance may end (safety: it never ends by itself); key `stream/1`."""


class AfterSurveillance(Part, frozen=True, tag_field="rule", tag="after_surveillance"):
    """A series from the day on which somebody closed the surveillance, without end (P23); key `stream/k`."""

    every: Span


Rule = (
    WithDose | Series | CourseDays | CourseStart | AfterCourse | AfterStop
    | AfterDose | BeforeAccessExpires | PlanCourse | SinceFirstInfusion | SurveillanceEnd | AfterSurveillance
)  # fmt: skip
