"""May this course be agreed for that day: open this when the next course is refused, or agreed, wrongly."""

from __future__ import annotations

import datetime as dt

from monitor.schedules.facts import History
from monitor.schedules.known import Decisions, known
from monitor.schedules.plan import CourseDoses, Plan
from monitor.spans import add_months
from monitor.terms import Conflict, Unacceptable

FURTHEST_MONTHS = 24
"""How far ahead a first dose or a course may be agreed, in calendar months from today."""


def check_next_course(
    plan: Plan, history: History, *, course: int, starts_on: dt.date, today: dt.date, field: str
) -> None:
    """Refuse any course but the one that follows the newest given, and any day that is past or too far ahead.

    Days are of the treating centre's calendar; `field` is what the caller names `starts_on`. Whether it is too soon
    after the last infusion the calendar says (`before_minimum_gap`), and somebody may override that. Raises Conflict
    (died, stopped, or given already), Unacceptable. Source: the courses of the plan.
    """
    refuse_over(known(history, on=today)[0].decisions)
    if not isinstance(plan.doses, CourseDoses):
        raise Unacceptable("this protocol has no courses", field="course")
    given = {one.course for one in history.administrations if one.course is not None}
    if course in given:
        raise Conflict("this course was given already", field="course")
    if course != max(given, default=0) + 1 or course == 1:
        raise Unacceptable("not the course that follows the last one given", field="course")
    if starts_on < today or starts_on <= max(one.on for one in history.administrations):
        raise Unacceptable("lies in the past", field=field)
    check_not_too_far(starts_on, today=today, field=field)


def check_not_too_far(starts_on: dt.date, *, today: dt.date, field: str) -> None:
    """Raises Unacceptable for a first dose, or a course, agreed for a day that nobody can foresee."""
    if starts_on > add_months(today, FURTHEST_MONTHS):
        raise Unacceptable(f"lies more than {FURTHEST_MONTHS} months ahead", field=field)


def refuse_over(decisions: Decisions) -> None:
    """Raises Conflict where the patient died or the treatment was stopped."""
    if decisions.died_on is not None:
        raise Conflict("the patient died", field="treatment_id")
    if decisions.stopped_on is not None:
        raise Conflict("it was stopped already", field="treatment_id")
