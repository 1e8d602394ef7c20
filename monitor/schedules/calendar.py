"""What a forecast answers: items, alerts and warnings, each with its reason and its source."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from monitor.schedules.facts import Reading
from monitor.schedules.letters import AskedLetter
from monitor.terms import Audience, Level


class Kind(StrEnum):
    """What sort of care an item is."""

    DOSE = "dose"
    LAB = "lab"
    ASSESSMENT = "assessment"
    TASK = "task"


class State(StrEnum):
    """Where an item stands on the day of the question; the first that fits, in this order (contract, `state`)."""

    DONE = "done"
    WAIVED = "waived"
    CANCELLED = "cancelled"
    MISSED = "missed"
    OVERDUE = "overdue"
    LATE = "late"
    OPEN = "open"
    PLANNED = "planned"


OWED = (State.OPEN, State.LATE, State.OVERDUE)
"""Somebody must act: the window is open, and it is not done."""

ENDED = (State.DONE, State.WAIVED, State.CANCELLED)
"""An act or an ending settled it."""

OVER = (*ENDED, State.MISSED)
"""Nothing can happen to it any more, but a late entry or a waiver of what was missed."""

SUSPENDED = "suspended"
"""The gate of a dose while the treatment is suspended (contract, `blocked_by`)."""


class Item(msgspec.Struct, frozen=True, gc=False):  # holds no item, so it can be in no cycle
    """One piece of care. Dates may move, the key may not; `closes_on` is the first day it can no longer be credited."""

    key: str
    stream: str
    kind: Kind
    due_on: dt.date
    suggested_on: dt.date
    opens_on: dt.date
    closes_on: dt.date | None
    state: State
    done_on: dt.date | None
    moved_from: dt.date | None
    blocked_by: tuple[str, ...]
    because: str
    source: str


class Alert(msgspec.Struct, frozen=True):
    """Somebody must act: `topic` names the cause (`overdue:cbc`), `since` is the day it first existed."""

    topic: str
    audience: Audience
    level: Level
    since: dt.date
    because: str
    source: str


class Warning(msgspec.Struct, frozen=True):
    """A contradiction or a risk in the facts themselves; `item` is None where it concerns no item."""

    code: str
    item: str | None
    because: str
    source: str


class Outlook(msgspec.Struct, frozen=True):
    """What time alone will do to an item.

    `late_on`, `overdue_on`: the first day of that state, None for never and while its dose is pending. `reminders`: the
    days on which the patient is reminded, counted from the due date.
    """

    late_on: dt.date | None
    overdue_on: dt.date | None
    reminders: tuple[int, ...]


class Forecast(msgspec.Struct, frozen=True):
    """The whole answer for one treatment on one day.

    `items` are those the contract lists, by `due_on`, then key; `upcoming` are, beyond them, the next planned item of
    each stream, so that no active treatment is ever without a future. `outlook` is, by key, what is ahead of
    each item of the next three months that is not over, and of the next of each stream. `attention_on` is the first
    later day on which a rung, a closing or a waiting dose changes something by time alone; what opens or becomes late
    without a rung is read from the dates. `in_force`: the readings that count on that day, for whoever judges values.
    `letters`: those that the ladders of its alerts ask for by now, sent or not.
    """

    items: tuple[Item, ...]
    alerts: tuple[Alert, ...]
    warnings: tuple[Warning, ...]
    surveillance_ends_on: dt.date | None
    next_dose: dt.date | None
    next_lab: dt.date | None
    upcoming: tuple[Item, ...]
    outlook: dict[str, Outlook]
    attention_on: dt.date | None
    in_force: tuple[Reading, ...] = ()
    has_died: bool = False
    letters: tuple[AskedLetter, ...] = ()

    @property
    def shown(self) -> tuple[Item, ...]:
        """Every item that the calendar shows, listed or upcoming."""
        return (*self.items, *self.upcoming)

    def find(self, key: str) -> Item | None:
        """The item of that key, listed or upcoming; None where the calendar shows none."""
        return next((item for item in self.shown if item.key == key), None)
