"""The vocabulary of a protocol: what doses, what surveillance, in which windows, and who is told when it is late.

These values are read straight from `config/protocols/`; the ways in which care recurs stand in `recurrence.py` beside.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from monitor.labels import under
from monitor.schedules.calendar import Kind
from monitor.schedules.facts import Sex
from monitor.schedules.letters import Letter
from monitor.schedules.recurrence import AfterCourse, Part, ResultGate, Rule, Series, Window
from monitor.spans import Span


class Rungs(Part, frozen=True):
    """Days after the oldest uncredited due date at which the alert reaches each function; absent means never.

    `critical_missed`: so many missed occurrences in a row reach the critical rung, whatever the days. `letters`: what
    is posted as well, counted from the same day.
    """

    nurse: int | None = None
    neurologist: int | None = None
    critical: int | None = None
    critical_missed: int | None = None
    letters: tuple[Letter, ...] = ()


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
    us_source: str | None = None

    def phase_after(self, given: int) -> Phase:
        """The phase whose interval follows so many doses given."""
        return next(phase for phase in self.phases if phase.doses is None or given < phase.doses)

    def phase_of(self, number: int) -> Phase:
        """The phase that the slot of that number belongs to, for its window and rungs."""
        return next(phase for phase in self.phases if phase.doses is None or number <= phase.doses)


class CourseDoses(Part, frozen=True, tag_field="rule", tag="courses"):
    """Courses of infusions on consecutive days (primitives P4, P5, P9, P10).

    `courses_on_label`: a further one is warned of; None where the label followed sets no limit, as in the profiles that
    `unlimited_in` names. `vzv_vaccines`: beginnings of words by which a vaccine against varicella-zoster is known.
    """

    stream: str
    title: str
    source: str
    window_source: str
    days_in_first_course: int
    days_in_later_courses: int
    minimum_gap: Span
    default_course: int
    default_gap: Span
    courses_on_label: int | None
    long_interruption: Span
    wait_after_vaccine: Span
    first_day: Visit
    default_first_day: Visit
    later_day: Visit
    unlimited_in: tuple[str, ...] = ()
    vzv_vaccines: tuple[str, ...] = ()
    us_source: str | None = None

    def days_in(self, course: int) -> int:
        """How many infusion days course number `course` has."""
        return self.days_in_first_course if course == 1 else self.days_in_later_courses


class DoneBy(StrEnum):
    """What credits an occurrence."""

    SAMPLE = "sample"  # the required values on one collection day, or the required scales on one day
    TASK = "task"  # somebody ticks it off
    DOSE = "dose"  # the dose it goes with, once given
    DUE_DATE = "due_date"  # nothing but the day after the due date


class AppliesTo(Part, frozen=True):
    """Whom a stream concerns (P14); an absent condition excludes nobody. `profile`: where that label is followed."""

    sex: Sex | None = None
    unless_childbearing_potential_is: bool | None = None
    profile: str | None = None


EVERYBODY = AppliesTo()


class Stream(Part, frozen=True):
    """One kind of care that recurs: what it asks for, when, in which window, and who is told when it is late.

    `requires`: required values, each `a or b` a choice; all on one collection day. `goes_on_after_stop`: whether it is
    owed even when the treatment has been stopped. `is_surveillance`: its whole calendar is shown, however far.
    `us_source`: the authority where the profile is `us`.
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
    us_source: str | None = None

    @property
    def ladders(self) -> Ladders:
        """The rungs of every occurrence, in one value."""
        return Ladders(self.rungs, self.tighter)


class Surveillance(Part, frozen=True):
    """How long the treatment is watched after the last infusion of any course."""

    after_last_infusion: Span
    source: str
    us_source: str | None = None


class Plan(msgspec.Struct, frozen=True):
    """The schedule that one label asks for: doses, streams and, where it is bounded, surveillance.

    `compared`: the analytes whose values, and not only their presence, the plan asks for.
    """

    doses: IntervalDoses | CourseDoses
    streams: tuple[Stream, ...]
    surveillance: Surveillance | None = None
    compared: frozenset[str] = frozenset()


class Rules(Part, frozen=True):
    """A protocol's rules as its file writes them, for every label it describes: no plan yet, so nothing is forecast."""

    doses: IntervalDoses | CourseDoses
    streams: tuple[Stream, ...]
    surveillance: Surveillance | None = None

    def for_profile(self, profile: str) -> Plan:
        """The plan of one profile: its streams alone, each with the authority that this label is."""
        doses = under(self.doses, profile)
        if isinstance(doses, CourseDoses) and profile in doses.unlimited_in:
            doses = replace(doses, courses_on_label=None)
        streams = tuple(under(s, profile) for s in self.streams if s.applies_to.profile in (None, profile))
        return Plan(
            doses=doses,
            streams=streams,
            surveillance=None if self.surveillance is None else under(self.surveillance, profile),
            compared=frozenset(gate.analyte for stream in streams if (gate := _gate_of(stream)) is not None),
        )


def _gate_of(stream: Stream) -> ResultGate | None:
    return stream.schedule.until if isinstance(stream.schedule, Series | AfterCourse) else None
