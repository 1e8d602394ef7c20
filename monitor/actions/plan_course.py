"""The first day of a later course is agreed, or agreed anew: read back with its weekday, and confirmed (H17)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from uuid import UUID, uuid4

import msgspec

from monitor.actions.file_fact import file_fact
from monitor.actions.look_ahead import Situation, look_ahead, new_warnings, read_situation
from monitor.actions.open_record import OpenTreatment, open_treatment
from monitor.actions.permitted import permitted
from monitor.actions.record_administration import read_override
from monitor.actions.suspend_treatment import refuse_over
from monitor.schedules.facts import PlannedCourse
from monitor.schedules.plan import CourseDoses
from monitor.schedules.spans import add_months
from monitor.store.planned_course import PlannedCourseRow, standing_plan
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work

FURTHEST_MONTHS = 24
_AGAIN = "another day was agreed"


class Weekday(StrEnum):
    """The days of the week as a date is read back with them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@permitted
def plan_course(
    work: Work,
    *,
    treatment_id: UUID,
    course: int,
    starts_on: dt.date,
    weekday: str,
    is_confirmed: bool,
    reason_override: str | None = None,
    expected_version: int | None = None,
) -> UUID:
    """Agree the first day of the next course; once more, and the new day takes the place of the old. The row's id.

    `weekday` is that of the day as it was read back, `is_confirmed` that somebody said yes to both. A vaccine given
    shortly before keeps nobody from planning: the calendar shows it at the course (`blocked_by`). Raises Missing,
    StaleVersion, Unacceptable, Conflict (given already, stopped, died, or agreed for that very day).
    """
    override = read_override(work, reason_override)
    _check_read_back(starts_on, weekday=weekday, is_confirmed=is_confirmed)
    treatment = open_treatment(work, treatment_id=treatment_id, expected_version=expected_version)
    situation = read_situation(work, treatment)
    check_is_next(work, treatment, situation, course=course)
    _check_day(treatment, situation, starts_on)
    old = standing_plan(work.session, treatment_id=treatment_id, course=course)
    if old is not None and old.starts_on == starts_on:
        raise Conflict("it is agreed for that day already", field="starts_on")
    _check_gap(work, treatment, situation, PlannedCourse(course=course, starts_on=starts_on), override=override)
    row = plan_row(work, treatment_id=treatment_id, course=course, starts_on=starts_on)
    row.reason = override
    if old is not None:
        row.replaces_id, row.reason = old.id, override or _AGAIN
    return file_fact(work, treatment, row, action="plan_course", why=override, content={"course": course})


def plan_row(work: Work, *, treatment_id: UUID, course: int, starts_on: dt.date) -> PlannedCourseRow:
    """The row of an agreed course, recorded now by whoever works."""
    return PlannedCourseRow(
        id=uuid4(),
        treatment_id=treatment_id,
        course=course,
        starts_on=starts_on,
        is_retraction=False,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )


def check_is_next(work: Work, treatment: OpenTreatment, situation: Situation, *, course: int) -> None:
    """Refuse any course but the one that follows the newest given. Raises Unacceptable, Conflict."""
    refuse_over(situation.decisions)
    plan = work.catalog.protocol(treatment.record.protocol).plan_for(treatment.record.profile)
    if not isinstance(plan.doses, CourseDoses):
        raise Unacceptable("this protocol has no courses", field="course")
    given = {one.course for one in situation.history.administrations if one.course is not None}
    if course in given:
        raise Conflict("this course was given already", field="course")
    if course != max(given, default=0) + 1 or course == 1:
        raise Unacceptable("not the course that follows the last one given", field="course")


def _check_read_back(starts_on: dt.date, *, weekday: str, is_confirmed: bool) -> None:
    if weekday != tuple(Weekday)[starts_on.weekday()]:
        raise Unacceptable("that day falls on another day of the week; read both again", field="weekday")
    if not is_confirmed:
        raise Unacceptable("read the day and its weekday back to who gave them, then confirm", field="is_confirmed")


def _check_day(treatment: OpenTreatment, situation: Situation, starts_on: dt.date) -> None:
    last_given = max(one.on for one in situation.history.administrations)
    if starts_on < treatment.today or starts_on <= last_given:
        raise Unacceptable("lies in the past", field="starts_on")
    if starts_on > add_months(treatment.today, FURTHEST_MONTHS):
        raise Unacceptable(f"lies more than {FURTHEST_MONTHS} months ahead", field="starts_on")


def _check_gap(
    work: Work, treatment: OpenTreatment, situation: Situation, planned: PlannedCourse, *, override: str | None
) -> None:
    """Refuse a day too soon after the last infusion, unless somebody said why it is right."""
    others = tuple(one for one in situation.history.planned_courses if one.course != planned.course)
    without = look_ahead(work, treatment, msgspec.structs.replace(situation.history, planned_courses=others))
    then = look_ahead(work, treatment, msgspec.structs.replace(situation.history, planned_courses=(*others, planned)))
    if "before_minimum_gap" in new_warnings(without, then) and override is None:
        raise Unacceptable(
            "before_minimum_gap: too soon after the last infusion; reason_override says why it is right",
            field="starts_on",
        )
