"""Courses of infusions on consecutive days, at least a year apart (primitives P4, P5, P9, P10)."""

from __future__ import annotations

import datetime as dt

from monitor.schedules.doses import Dose, as_of, cancel_pending, floored, hold, moved
from monitor.schedules.facts import Administration
from monitor.schedules.known import Known
from monitor.schedules.plan import CourseDoses, Visit

_DAY = dt.timedelta(days=1)


class Course:
    """One course as it stands: `given` maps an infusion day to the date it was first given.

    `last_on` is the last infusion given, or, while none is, the planned last day. `superseded_on` is the first infusion
    of the next course given: it re-anchors the surveillance (clinical 2.7).
    """

    __slots__ = ("dates", "doses", "first_on", "given", "last_on", "number", "planned_on", "superseded_on")

    def __init__(self, number: int, *, planned_on: dt.date | None) -> None:
        self.number = number
        self.planned_on = planned_on
        self.given: dict[int, Administration] = {}
        self.dates: list[dt.date] = []
        self.doses: list[Dose] = []
        self.first_on = self.last_on = dt.date.min
        self.superseded_on: dt.date | None = None

    @property
    def has_infusion(self) -> bool:
        """Whether any infusion of this course was given."""
        return bool(self.dates)


def courses(plan: CourseDoses, known: Known) -> list[Course]:
    """Every course given or agreed, the first one, and the default one until it is agreed or given."""
    found = {planned.course: Course(planned.course, planned_on=planned.starts_on) for planned in known.planned_courses}
    found.setdefault(1, Course(1, planned_on=None))
    for administration in known.administrations:
        number, day = administration.course or 1, administration.day or 1
        course = found.setdefault(number, Course(number, planned_on=None))
        course.dates.append(administration.on)
        course.given.setdefault(day, administration)
    newest = max((number for number, course in found.items() if course.has_infusion), default=0)
    if newest < plan.default_course:
        found.setdefault(plan.default_course, Course(plan.default_course, planned_on=None))
    ordered = [found[number] for number in sorted(found)]
    _supersede(ordered)
    for course in ordered:
        _fill(plan, known, course, before=ordered)
    doses = [dose for course in ordered for dose in course.doses]
    _cancel(ordered, known)
    hold(doses, known.decisions, on=known.on)
    return ordered


def anchor(ordered: list[Course]) -> Course | None:
    """The newest course that has an infusion: its last one anchors the surveillance."""
    return next((course for course in reversed(ordered) if course.has_infusion), None)


def _supersede(ordered: list[Course]) -> None:
    next_first: dt.date | None = None
    for course in reversed(ordered):
        course.superseded_on = next_first
        if course.has_infusion:
            next_first = min(course.dates)


def _fill(plan: CourseDoses, known: Known, course: Course, *, before: list[Course]) -> None:
    """Gives the course its infusion days, dated from what was given and projected from what is pending."""
    days = max(plan.days_in(course.number), max(course.given, default=0))
    first_due, visit, because = _first_day(plan, known, course, before=before)
    last: dt.date | None = None
    today = as_of(known.on, _causes(course, known))
    for day in range(1, days + 1):
        is_extra = day > plan.days_in(course.number)
        if is_extra and day not in course.given:
            continue  # a day the course does not have, unless it was given
        key = f"{plan.stream}/{course.number}.{day}"
        administration = course.given.get(day)
        given_on = administration.on if administration else None
        waived_on = known.decisions.waived_on.get(key) if given_on is None else None
        if last is None:
            due = floored(first_due, known.decisions, given_on=given_on, waived_on=waived_on)
        else:
            visit, because = plan.later_day, f"day {day} of course {course.number}, the day after {last}"
            due = floored(last + _DAY, known.decisions, given_on=given_on, waived_on=waived_on)
        dose = Dose(
            key=key, number=day, course=course.number, computed_due=due,
            due_on=moved(due, visit, known.decisions, key=key),
            given_on=given_on, is_waived=waived_on is not None, as_of=today, visit=visit, because=because,
            is_default=day == 1 and _is_by_default(plan, course),
            reason_override=administration.reason_override if administration else None,
        )  # fmt: skip
        course.doses.append(dose)
        if given_on is not None or not _is_given_later(course, day):
            last = dose.taken_on
        elif last is None:
            last = dose.due_on
    course.first_on = course.doses[0].taken_on if not course.has_infusion else min(course.dates)
    course.last_on = max(course.dates) if course.dates else course.doses[-1].taken_on


def _is_by_default(plan: CourseDoses, course: Course) -> bool:
    """Whether nobody agreed a date for the course that follows the first without being asked for."""
    return course.number == plan.default_course and course.planned_on is None


def _is_given_later(course: Course, day: int) -> bool:
    """Whether a later day of the course was given although this one is outstanding: it dates nothing then."""
    return any(given > day for given in course.given)


def _first_day(plan: CourseDoses, known: Known, course: Course, *, before: list[Course]) -> tuple[dt.date, Visit, str]:
    """When day 1 is due, in which window, and why: agreed, by default a year after the last infusion, or as given."""
    if course.planned_on is not None:
        return course.planned_on, plan.first_day, f"day 1 of course {course.number}, on the date agreed for it"
    if course.number == 1:
        return known.started_on, plan.first_day, "day 1 of course 1, on the date agreed for the start"
    previous = [earlier for earlier in before if earlier.number < course.number]
    last_on = (anchor(previous) or previous[-1]).last_on
    if _is_by_default(plan, course):
        because = f"day 1 of course {course.number}, by default {plan.default_gap} after the last infusion ({last_on})"
        return plan.default_gap.after(last_on), plan.default_first_day, because
    return min(course.dates), plan.first_day, f"day 1 of course {course.number}, given without an agreed date"


def _causes(course: Course, known: Known) -> list[dt.date]:
    """The days that ended the infusions still outstanding: a newer course began, a stop, a death."""
    causes = (course.superseded_on, known.decisions.stopped_on, known.decisions.died_on)
    return [day for day in causes if day is not None]


def _cancel(ordered: list[Course], known: Known) -> None:
    for course in ordered:
        causes = _causes(course, known)
        if causes:
            cancel_pending(course.doses, on=min(causes))
