"""The first day of a later course is agreed, or agreed anew: read back with its weekday, and confirmed (H17)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import msgspec

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.look_ahead import Situation, look_ahead, new_warnings, read_situation
from monitor.actions.open_record import OpenTreatment, open_treatment
from monitor.actions.permitted import permitted
from monitor.actions.record_administration import read_override
from monitor.protocols.next_course import check_next_course
from monitor.schedules.facts import PlannedCourse
from monitor.store.planned_course import PlannedCourseRow, standing_plan
from monitor.terms import Conflict, Unacceptable, Weekday
from monitor.work import Work


@permitted
def plan_course(
    work: Work,
    *,
    treatment_id: UUID,
    course: int,
    starts_on: dt.date,
    weekday: str,
    is_confirmed: bool,
    reason: str | None = None,
    reason_override: str | None = None,
    expected_version: int | None = None,
) -> UUID:
    """Agree the first day of the next course; once more, and the new day takes the place of the old. The row's id.

    `reason` says why another day than the one agreed before; `reason_override`, why a day is right although it is too
    soon after the last infusion, and that is reason enough for both.
    `weekday` is that of the day as it was read back, `is_confirmed` that somebody said yes to both. A vaccine given
    shortly before keeps nobody from planning: the calendar shows it at the course (`blocked_by`). Raises Missing,
    StaleVersion, Unacceptable, Conflict (given already, stopped, died, or agreed for that very day).
    """
    override = read_override(work, reason_override)
    why = _read_why(reason, override)
    _check_read_back(starts_on, weekday=weekday, is_confirmed=is_confirmed)
    treatment = open_treatment(work, treatment_id=treatment_id, expected_version=expected_version)
    situation = read_situation(work, treatment)
    plan = situation.protocol.plan_for(treatment.record.profile)
    check_next_course(
        plan, situation.history, course=course, starts_on=starts_on, today=treatment.today, field="starts_on"
    )
    old = standing_plan(work.session, treatment_id=treatment_id, course=course)
    if old is not None and old.starts_on == starts_on:
        raise Conflict("it is agreed for that day already", field="starts_on")
    if old is not None and why is None:
        raise Unacceptable("another day is agreed already; say why it changes", field="reason")
    _check_gap(work, treatment, situation, PlannedCourse(course=course, starts_on=starts_on), override=override)
    row = plan_row(work, treatment_id=treatment_id, course=course, starts_on=starts_on)
    row.replaces_id, row.reason = None if old is None else old.id, why
    return file_fact(work, treatment, row, action="plan_course", why=why, content={"course": course})


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


def _read_why(reason: str | None, override: str | None) -> str | None:
    """What is kept of why it is that day: one reason. Raises Unacceptable."""
    if reason is None:
        return override
    if override is not None:
        raise Unacceptable("reason_override says why already", field="reason")
    return read_reason(reason)


def _check_read_back(starts_on: dt.date, *, weekday: str, is_confirmed: bool) -> None:
    if weekday != tuple(Weekday)[starts_on.weekday()]:
        raise Unacceptable("that day falls on another day of the week; read both again", field="weekday")
    if not is_confirmed:
        raise Unacceptable("read the day and its weekday back to who gave them, then confirm", field="is_confirmed")


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
