"""A protocol: one therapy, one version, its plan, and the worked examples that prove the plan right."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import msgspec

from monitor.labs.gates import Gate
from monitor.labs.subject import NO_RULES, Rulebook
from monitor.labs.thresholds import Threshold
from monitor.notices.signs import Sign
from monitor.schedules.calendar import State
from monitor.schedules.facts import Administration, Event, PlannedCourse, Sex
from monitor.schedules.plan import Plan, Rules
from monitor.schedules.recurrence import Part
from monitor.schedules.visit_timers import VisitTimer


class Sample(Part, frozen=True):
    """One collection day of a worked example, with the analytes that were usable on it; `values` of some of them."""

    on: dt.date
    analytes: tuple[str, ...]
    values: dict[str, Decimal] = {}  # noqa: RUF012 - msgspec copies it for each structure


class Expected(Part, frozen=True):
    """What a worked example expects of one item; absent members are not looked at."""

    key: str
    due_on: dt.date | None = None
    suggested_on: dt.date | None = None
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    done_on: dt.date | None = None
    state: State | None = None


class Example(Part, frozen=True):
    """A history small enough to check by hand, and what the plan must answer."""

    title: str
    source: str
    started_on: dt.date
    on: dt.date
    expects: tuple[Expected, ...]
    until: dt.date | None = None
    profile: str | None = None
    sex: Sex = Sex.FEMALE
    access_expires_on: dt.date | None = None
    given: tuple[Administration, ...] = ()
    planned_courses: tuple[PlannedCourse, ...] = ()
    samples: tuple[Sample, ...] = ()
    events: tuple[Event, ...] = ()
    surveillance_ends_on: dt.date | None = None
    alerts: tuple[str, ...] | None = None
    warnings: tuple[str, ...] | None = None


class Protocol(msgspec.Struct, frozen=True):
    """One released or growing version of one therapy's protocol.

    `rules`, `thresholds`, `gates`: as the file writes them. `plans`, `rulebooks`, `gate_lists`: by profile, what is
    computed with. `digest`: SHA-256 of the file. `signs`: what a patient may notice, one by one.
    `timers`: what is timed inside a visit.
    """

    id: str
    version: int
    title: str
    profiles: tuple[str, ...]
    rules: Rules
    plans: dict[str, Plan]
    examples: tuple[Example, ...]
    digest: str
    thresholds: tuple[Threshold, ...] = ()
    gates: tuple[Gate, ...] = ()
    rulebooks: dict[str, Rulebook] = {}
    gate_lists: dict[str, tuple[Gate, ...]] = {}
    signs: tuple[Sign, ...] = ()
    timers: tuple[VisitTimer, ...] = ()

    @property
    def name(self) -> str:
        """The name a treatment is pinned to, such as `alemtuzumab.v1`."""
        return f"{self.id}.v{self.version}"

    def plan_for(self, profile: str) -> Plan:
        """The plan of one profile, computed once. Raises KeyError where the protocol does not describe it."""
        return self.plans[profile]

    def rulebook_for(self, profile: str) -> Rulebook:
        """What the values are judged by in one profile; no rules where the file has none."""
        return self.rulebooks.get(profile, NO_RULES)

    def gates_for(self, profile: str) -> tuple[Gate, ...]:
        """What stands before a dose in one profile; none where the file has none."""
        return self.gate_lists.get(profile, ())
