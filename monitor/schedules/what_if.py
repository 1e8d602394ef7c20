"""What would change if a dose were given on a certain day, a course agreed, or another version followed?"""

from __future__ import annotations

import datetime as dt
from functools import partial

import msgspec

from monitor.schedules.calendar import Forecast, Item, State
from monitor.schedules.difference import Calendars, Difference, difference
from monitor.schedules.facts import Administration, History, PlannedCourse
from monitor.schedules.forecast import forecast
from monitor.schedules.plan import CourseDoses, Plan
from monitor.schedules.working_days import WorkingDays

_DAY = dt.timedelta(days=1)
_ENDED = (State.DONE, State.WAIVED, State.CANCELLED)


class Given(msgspec.Struct, frozen=True):
    """The dose that is supposed: the item it credits, the day, and when that item is due today (None: it is not)."""

    key: str
    on: dt.date
    course: int | None
    day: int | None
    due_on: dt.date | None


class IfGiven(msgspec.Struct, frozen=True):
    """What a dose would change; `as_of` is the day of the comparison, the later of the question's and the dose's."""

    given: Given
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
) -> IfGiven:
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
    supposed = _Facts(plan, msgspec.structs.replace(today.history, administrations=administrations), working_days)
    then = supposed.asked(on=as_of, until=horizon)
    far = _far(plan, horizon, days=abs(given.on - on) + abs(given.on - (now.next_dose or on)))
    calendars = Calendars(
        now=now,
        later=now if as_of == on else today.asked(on=as_of, until=horizon),
        then=then,
        day_after=supposed.asked(on=as_of + _DAY, until=far) if as_of > on and _waits(then, as_of) else None,
        horizon=horizon,
        far_now=partial(today.asked, on=on, until=far),
        far_then=partial(supposed.asked, on=as_of, until=far),
    )
    return IfGiven(given=_read_back(plan, given, now, then), as_of=as_of, changes=difference(calendars))


def if_agreed(
    plan: Plan, history: History, *, agreed: PlannedCourse, on: dt.date, until: dt.date, working_days: WorkingDays
) -> Difference:
    """What would change in the calendar of `on` if that course were agreed for that day, instead of another or of none.

    Both calendars are of the same day, so nothing in the answer comes from the passing of time. A plan without courses
    pays no heed to an agreement: then nothing changes. Dates are of the treating centre's calendar. Raises nothing.
    Source: the rules of the plan (label, dosing); that an agreed course moves no surveillance: clinical 2.7.
    """
    others = tuple(planned for planned in history.planned_courses if planned.course != agreed.course)
    today = _Facts(plan, history, working_days)
    supposed = _Facts(plan, msgspec.structs.replace(history, planned_courses=(*others, agreed)), working_days)
    return _on_one_day(today, supposed, on=on, until=max(on, until, agreed.starts_on))


def if_followed(
    plan: Plan, history: History, *, instead: Plan, on: dt.date, until: dt.date, working_days: WorkingDays
) -> Difference:
    """What would change in the calendar of `on` if the treatment followed the plan `instead` (H22: seen beforehand).

    An item that is owed today and that the other plan does not have is in `disappears`; its key says which. Both
    calendars are of the same day. Raises nothing. Source: the rules of the two plans.
    """
    today, supposed = _Facts(plan, history, working_days), _Facts(instead, history, working_days)
    return _on_one_day(today, supposed, on=on, until=max(on, until))


def _on_one_day(today: _Facts, supposed: _Facts, *, on: dt.date, until: dt.date) -> Difference:
    now, then = today.asked(on=on, until=until), supposed.asked(on=on, until=until)
    far = max(_far(facts.plan, until, days=_between(now, then)) for facts in (today, supposed))
    return difference(
        Calendars(
            now=now,
            later=now,
            then=then,
            day_after=None,
            horizon=until,
            far_now=partial(today.asked, on=on, until=far),
            far_then=partial(supposed.asked, on=on, until=far),
        )
    )


def _between(now: Forecast, then: Forecast) -> dt.timedelta:
    if now.next_dose is None or then.next_dose is None:
        return dt.timedelta(0)
    return abs(then.next_dose - now.next_dose)


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
    infusions = [item for item in (*now.items, *now.upcoming) if item.stream == plan.doses.stream]
    pending = [item for item in infusions if item.state not in _ENDED]
    if pending:
        course, day = _course_and_day(min(pending, key=lambda item: (item.due_on, item.key)))
    else:
        course, day = max((_course_and_day(item)[0] for item in infusions), default=0) + 1, 1
    return msgspec.structs.replace(given, course=course, day=day)


def _course_and_day(infusion: Item) -> tuple[int, int]:
    course, _, day = infusion.key.rpartition("/")[2].partition(".")
    return int(course), int(day)


def _read_back(plan: Plan, given: Administration, now: Forecast, then: Forecast) -> Given:
    """The dose as a person must recognise it before saying yes (H17)."""
    if given.course is not None:
        key = f"{plan.doses.stream}/{given.course}.{given.day}"
    else:
        doses = (item for item in then.items if item.stream == plan.doses.stream)
        key = next(item.key for item in doses if item.done_on == given.on)
    item = next((item for item in (*now.items, *now.upcoming) if item.key == key), None)
    return Given(key, given.on, given.course, given.day, None if item is None else item.due_on)


def _waits(calendar: Forecast, on: dt.date) -> bool:
    """Whether a dose is pending whose day has come: what hangs on it moves with every day on which one asks."""
    return calendar.next_dose is not None and calendar.next_dose <= on


def _far(plan: Plan, horizon: dt.date, *, days: dt.timedelta) -> dt.date:
    """A day so far beyond the horizon that no dose inside it comes from, or goes, farther.

    `days`: how far the dose itself is from where it is due; an added dose pushes each later one by an interval more.
    """
    doses = plan.doses
    spans = [doses.default_gap] if isinstance(doses, CourseDoses) else [phase.interval for phase in doses.phases]
    return max(span.after(horizon + days, times=2) for span in spans)
