"""The life of an alert: how long it may wait for a person, how long it may be put off, and how it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from monitor.notices.quiet_hours import local_instant
from monitor.schedules.topics import OVERDUE, TASKS
from monitor.schedules.working_days import WorkingDays
from monitor.terms import Level, Role

THE_DEATH = "the patient died"
"""Why an alert closed that a death ended: it comes back where the death is taken back."""

_DAY = dt.timedelta(days=1)
_MIDNIGHT = dt.time(0)


class ClosingAction(StrEnum):
    """What was done about an alert when it was closed."""

    REPEAT_ORDERED = "repeat_ordered"
    PATIENT_CALLED = "patient_called"
    PATIENT_SEEN = "patient_seen"
    REFERRED = "referred"
    TREATMENT_HELD = "treatment_held"
    TREATMENT_CHANGED = "treatment_changed"
    HANDLED = "handled"  # a task, such as a text that could not be sent
    ALREADY_KNOWN = "already_known"
    NOT_TRUE = "not_true"  # an error of entry or of the sample, or true no longer
    NO_ACTION_NEEDED = "no_action_needed"


DISMISSALS = frozenset({ClosingAction.ALREADY_KNOWN, ClosingAction.NOT_TRUE, ClosingAction.NO_ACTION_NEEDED})
"""Nothing was done: the ledger of a rule counts these apart."""

LONGEST_SNOOZE: Mapping[Level, dt.timedelta] = {
    Level.CRITICAL: dt.timedelta(hours=1),
    Level.URGENT: dt.timedelta(hours=24),
    Level.SOON: dt.timedelta(days=7),
    Level.INFO: dt.timedelta(days=30),
}
"""How long an alert may be put off, by level [policy]."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How soon somebody must have seen an alert [policy].

    `critical` from its opening on. `urgent` by the end of the day at the site, but never sooner than this long. `soon`:
    so many working days, that of the opening not counted.
    """

    critical: dt.timedelta = dt.timedelta(hours=1)
    urgent: dt.timedelta = dt.timedelta(hours=2)
    soon: int = 3


@dataclass(frozen=True, slots=True)
class Patience:
    """How long alerts may wait for a person at one site: its wall clock, its working days, the deadlines there."""

    zone: ZoneInfo
    working_days: WorkingDays
    deadlines: Deadlines = Deadlines()

    def acknowledge_by(self, level: Level, *, at: dt.datetime) -> dt.datetime | None:
        """Until when somebody must have seen what opened at that moment (aware), in UTC; None: at the next review.

        Days are those of the site, and end at its midnight, however many hours they have (H20).
        """
        if level is Level.CRITICAL:
            return at.astimezone(dt.UTC) + self.deadlines.critical
        if level is Level.URGENT:
            return max(self._end_of(self._day(at)), at.astimezone(dt.UTC) + self.deadlines.urgent)
        if level is Level.SOON:
            day = self._day(at)
            for _ in range(self.deadlines.soon):
                day = self.working_days.on_or_after(day + _DAY)
            return self._end_of(day)
        return None

    def _day(self, at: dt.datetime) -> dt.date:
        return at.astimezone(self.zone).date()

    def _end_of(self, day: dt.date) -> dt.datetime:
        return local_instant(day + _DAY, _MIDNIGHT, zone=self.zone)


def longest_snooze(level: Level, *, at: dt.datetime) -> dt.datetime:
    """The last moment until which an alert of that level may be put off at `at` (aware)."""
    return at + LONGEST_SNOOZE[level]


def ends_when_seen(role: Role, *, level: Level) -> bool:
    """Whether an alert whose cause is gone ends as soon as somebody of this function has seen that (H07, H45).

    What was critical ends with a neurologist: whoever typed the correction does not settle alone what it had called.
    """
    return level is not Level.CRITICAL or role is Role.NEUROLOGIST


def may_close(role: Role, *, topic: str, level: Level) -> bool:
    """Whether this function settles such an alert (H45): a neurologist all, a nurse the tasks that are not critical.

    What is overdue nobody closes: it ends by a clinical act.
    """
    if topic.startswith(OVERDUE):
        return False
    if role is Role.NEUROLOGIST:
        return True
    return role is Role.NURSE and topic.startswith(TASKS) and level is not Level.CRITICAL
