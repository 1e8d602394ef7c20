"""What would change if a dose were given on a certain day, or a course agreed for it?"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import partial

import msgspec

from monitor.schedules.calendar import ENDED, Forecast, Item
from monitor.schedules.difference import Calendars, Difference, difference
from monitor.schedules.facts import Administration, History, Moved, PlannedCourse
from monitor.schedules.forecast import forecast
from monitor.schedules.plan import CourseDoses, Plan
from monitor.schedules.working_days import WorkingDays
from monitor.terms import Weekday

_DAY = dt.timedelta(days=1)


class Supposition(StrEnum):
    """What is supposed: that a dose is given, or that a course is agreed."""

    GIVEN = "given"
    AGREED = "agreed"


class Supposed(msgspec.Struct, frozen=True):
    """The supposition, as a person must recognise it before saying yes (H17).

    `key`: the item that the dose credits, or day 1 of the course. `weekday`: of `on`, in English. `course` and `day`:
    where the plan has courses. `due_on`: when that item is due today, None where it is not on the calendar.
    """

    what: Supposition
    key: str
    on: dt.date
    weekday: str
    course: int | None
    day: int | None
    due_on: dt.date | None


class WhatIf(msgspec.Struct, frozen=True):
    """What a supposition would change; `as_of` is the day on which the two calendars are compared."""

    supposed: Supposed
    as_of: dt.date
    changes: Difference


class _Facts(msgspec.Struct, frozen=True):
    """One history, asked of one plan for one site, on any day."""

    plan: Plan
    history: History
    working_days: WorkingDays

    def asked(self, *, on: dt.date, until: dt.date) -> Forecast:
        return forecast(self.plan, self.history, on=on, until=until, working_days=self.working_days)


def if_given(
    plan: Plan, history: History, *, given: Administration, on: dt.date, until: dt.date, working_days: WorkingDays
) -> WhatIf:
    """What would change in the calendar of `on` if `given` were among the facts; nothing is changed by asking.

    `given.on` may lie before, on or after `on`. A dose of a day to come is not yet known on `on`, so the calendar with
    the dose is asked on the later of the two days, with doses planned as far as the latest of `on`, `until` and that
    day; what else is dated after `on` stays unknown in both. `course` and `day` absent where the plan has courses: the
    next infusion that is pending or, where none is, day 1 of the course after the newest.

    What merely moves with the passing of time is no consequence of the dose and is not answered, see `difference`. Two
    choices that may surprise. Doses after a pending one are projected from the later of its due date and `on`; once it
    is given they are counted from it: that is a move, although waiting until that day without giving it would show the
    same dates. And the surveillance after a course is counted from the last infusion given, even while days are
    outstanding (contract; clinical 2.7), so each single infusion of a course moves it, on its due date too.

    Dates are of the treating centre's calendar, `days` whole days. Raises nothing. Source: the rules of the plan, each
    with its own; the contract of `simulate` for what is listed.
    """
    as_of, horizon = max(on, given.on), max(on, until, given.on)
    today = _Facts(plan, _known_on(history, on), working_days)
    now = today.asked(on=on, until=horizon)
    given = _named(plan, given, now)
    administrations = (*today.history.administrations, given)
    dosed = _Facts(plan, msgspec.structs.replace(today.history, administrations=administrations), working_days)
    then = dosed.asked(on=as_of, until=horizon)
    far = _far(dosed, horizon, on)
    calendars = Calendars(
        now=now,
        later=now if as_of == on else today.asked(on=as_of, until=horizon),
        then=then,
        day_after=dosed.asked(on=as_of + _DAY, until=far) if as_of > on and _waits(then, as_of) else None,
        horizon=horizon,
        far_now=partial(today.asked, on=on, until=far),
        far_then=partial(dosed.asked, on=as_of, until=far),
    )
    supposed = _read_back(Supposition.GIVEN, _key(plan, given, then), given, now)
    return WhatIf(supposed=supposed, as_of=as_of, changes=difference(calendars))


def if_agreed(
    plan: Plan, history: History, *, agreed: PlannedCourse, on: dt.date, until: dt.date, working_days: WorkingDays
) -> WhatIf:
    """What would change in the calendar of `on` if that course were agreed for that day, instead of another or of none.

    Both calendars are of the same day, so nothing in the answer comes from the passing of time. A plan without courses
    pays no heed to an agreement: then nothing changes. Dates are of the treating centre's calendar. Raises nothing.
    Source: the rules of the plan (label, dosing); that an agreed course moves no surveillance: clinical 2.7.
    """
    others = tuple(planned for planned in history.planned_courses if planned.course != agreed.course)
    today = _Facts(plan, history, working_days)
    planned = _Facts(plan, msgspec.structs.replace(history, planned_courses=(*others, agreed)), working_days)
    horizon = max(on, until, agreed.starts_on)
    first = Administration(agreed.starts_on, agreed.course, 1)
    now, far = today.asked(on=on, until=horizon), _far(planned, horizon, on)
    calendars = Calendars(
        now=now,
        later=now,
        then=planned.asked(on=on, until=horizon),
        day_after=None,
        horizon=horizon,
        far_now=partial(today.asked, on=on, until=far),
        far_then=partial(planned.asked, on=on, until=far),
    )
    supposed = _read_back(Supposition.AGREED, f"{plan.doses.stream}/{agreed.course}.1", first, now)
    return WhatIf(supposed=supposed, as_of=on, changes=difference(calendars))


def _known_on(history: History, on: dt.date) -> History:
    """The history without what is dated later: on the day of a dose to come it would be known, and move things too."""
    return msgspec.structs.replace(
        history,
        administrations=tuple(fact for fact in history.administrations if fact.on <= on),
        readings=tuple(fact for fact in history.readings if fact.collected_on <= on),
        assessments=tuple(fact for fact in history.assessments if fact.on <= on),
        events=tuple(fact for fact in history.events if fact.on <= on),
    )


def _named(plan: Plan, given: Administration, now: Forecast) -> Administration:
    """The dose with its course and day, where the plan has courses and nobody named them."""
    if not isinstance(plan.doses, CourseDoses):
        return msgspec.structs.replace(given, course=None, day=None)
    if given.course is not None:
        return msgspec.structs.replace(given, day=given.day or 1)
    infusions = [item for item in now.shown if item.stream == plan.doses.stream]
    pending = [item for item in infusions if item.state not in ENDED]
    if pending:
        course, day = _course_and_day(min(pending, key=lambda item: (item.due_on, item.key)))
    else:
        course, day = max((_course_and_day(item)[0] for item in infusions), default=0) + 1, 1
    return msgspec.structs.replace(given, course=course, day=day)


def _course_and_day(infusion: Item) -> tuple[int, int]:
    course, _, day = infusion.key.rpartition("/")[2].partition(".")
    return int(course), int(day)


def _key(plan: Plan, given: Administration, then: Forecast) -> str:
    """The item that the dose credits: its own infusion, or the slot that its place in time gives it."""
    stream = plan.doses.stream
    if isinstance(plan.doses, CourseDoses):
        return f"{stream}/{given.course}.{given.day}"
    return next(item.key for item in then.items if item.stream == stream and item.done_on == given.on)


def _read_back(what: Supposition, key: str, given: Administration, now: Forecast) -> Supposed:
    item = now.find(key)
    weekday = tuple(Weekday)[given.on.weekday()].value
    return Supposed(what, key, given.on, weekday, given.course, given.day, None if item is None else item.due_on)


def _waits(calendar: Forecast, on: dt.date) -> bool:
    """Whether a dose is pending whose day has come: what hangs on it moves with every day on which one asks."""
    return calendar.next_dose is not None and calendar.next_dose <= on


def _far(facts: _Facts, horizon: dt.date, on: dt.date) -> dt.date:
    """A day so far beyond the horizon that nothing inside it comes from, or goes, farther.

    Everything is counted from a dose, an agreed day, the start or the day of the question, so nothing moves by more
    than these lie apart; and an added dose pushes each later one by an interval more.
    """
    history, doses = facts.history, facts.plan.doses
    agreed = [planned.starts_on for planned in history.planned_courses]
    agreed += [event.to for event in history.events if isinstance(event, Moved)]
    days = [on, history.started_on, *agreed, *(given.on for given in history.administrations)]
    spans = [doses.default_gap] if isinstance(doses, CourseDoses) else [phase.interval for phase in doses.phases]
    return max(span.after(horizon + (max(days) - min(days)), times=2) for span in spans)
