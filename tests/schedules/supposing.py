"""Asks what a dose or an agreed course would change in a history written as `simulate` reads it."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache

import msgspec

from monitor.catalog import Catalog, load_catalog
from monitor.catalog.checking import COUNTRY_OF_PROFILE
from monitor.cli.simulated import read_question, to_history
from monitor.schedules import what_if
from monitor.schedules.calendar import Forecast
from monitor.schedules.difference import Difference
from monitor.schedules.facts import Administration, History, PlannedCourse
from monitor.schedules.forecast import forecast
from monitor.schedules.plan import Plan
from monitor.schedules.what_if import WhatIf
from monitor.schedules.working_days import WorkingDays
from tests.schedules.histories import History as Written
from tests.spec.builders import Story

CHANGES = ("moved", "windows", "appears", "disappears", "credited", "uncredited", "alerts_begin")


@cache
def catalog() -> Catalog:
    return load_catalog()


class Asked(msgspec.Struct, frozen=True):
    """A history as the medicine sees it, with everything that a question needs."""

    plan: Plan
    history: History
    on: dt.date
    until: dt.date
    working_days: WorkingDays

    def given(self, on: dt.date, *, course: int | None = None, day: int | None = None) -> WhatIf:
        return what_if.if_given(
            self.plan, self.history, given=Administration(on, course, day), on=self.on, until=self.until,
            working_days=self.working_days,
        )  # fmt: skip

    def agreed(self, course: int, starts_on: dt.date) -> WhatIf:
        return what_if.if_agreed(
            self.plan, self.history, agreed=PlannedCourse(course, starts_on), on=self.on, until=self.until,
            working_days=self.working_days,
        )  # fmt: skip

    def forecast(self, *, on: dt.date | None = None, until: dt.date | None = None) -> Forecast:
        return forecast(
            self.plan, self.history, on=on or self.on, until=until or self.until, working_days=self.working_days
        )

    def recorded(self, *more: Administration) -> Asked:
        administrations = (*self.history.administrations, *more)
        return msgspec.structs.replace(
            self, history=msgspec.structs.replace(self.history, administrations=administrations)
        )


def asked(written: Written, *, on: str | None = None, until: str | None = None) -> Asked:
    question = read_question(
        json.dumps(written), catalog(),
        on=dt.date.fromisoformat(on) if on else None, until=dt.date.fromisoformat(until) if until else None,
    )  # fmt: skip
    profile = question.history.profile
    return Asked(
        plan=question.protocol.plan_for(profile),
        history=to_history(question.history, catalog()),
        on=question.on,
        until=question.until,
        working_days=catalog().working_days(COUNTRY_OF_PROFILE[profile]),
    )


def if_given(story: Story, on: str, *, asked_on: str, until: str | None = None, **infusion: int) -> WhatIf:
    return asked(story.history, on=asked_on, until=until).given(dt.date.fromisoformat(on), **infusion)


def moves(changes: Difference) -> dict[str, tuple[str, str, int]]:
    """By key: from, to, days."""
    return {move.key: (move.from_on.isoformat(), move.to_on.isoformat(), move.days) for move in changes.moved}


def keys(changes: Difference, what: str) -> tuple[str, ...]:
    return tuple(getattr(entry, "key", "") or entry.topic for entry in getattr(changes, what))
