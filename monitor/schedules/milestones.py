"""Occurrences that belong to no dose and to no monthly series: after a course, before an expiry, at the end."""

from __future__ import annotations

import datetime as dt

from monitor.schedules.course_doses import Course, anchor
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import Stream
from monitor.schedules.recurrence import (
    AfterCourse,
    AfterStop,
    AfterSurveillance,
    BeforeAccessExpires,
    PlanCourse,
    SinceFirstInfusion,
    SurveillanceEnd,
)
from monitor.schedules.series import endless
from monitor.schedules.timeline import Timeline

Milestone = (
    AfterCourse | AfterStop | BeforeAccessExpires | PlanCourse | SinceFirstInfusion | SurveillanceEnd
    | AfterSurveillance
)  # fmt: skip


def milestones(stream: Stream, schedule: Milestone, timeline: Timeline) -> list[Occurrence]:
    """Every occurrence of such a stream, uncredited but for what a course does, in order of due date."""
    if isinstance(schedule, AfterCourse):
        return [_after_course(stream, schedule, course, timeline) for course in timeline.courses]
    if isinstance(schedule, AfterStop):
        return _after_stop(stream, schedule, timeline)
    if isinstance(schedule, BeforeAccessExpires):
        return _before_access_expires(stream, schedule, timeline)
    if isinstance(schedule, PlanCourse):
        return _plan_course(stream, schedule, timeline)
    if isinstance(schedule, SinceFirstInfusion):
        return _since_first_infusion(stream, schedule, timeline)
    if isinstance(schedule, SurveillanceEnd):
        return _surveillance_end(stream, timeline)
    return _after_surveillance(stream, schedule, timeline)


def _after_course(stream: Stream, schedule: AfterCourse, course: Course, timeline: Timeline) -> Occurrence:
    last = "last infusion" if course.has_infusion else "planned last infusion"
    due = schedule.after.after(course.last_on)
    why = f"{schedule.after} after the {last} of course {course.number} ({course.last_on})"
    gates: tuple[str, ...] = ()
    if schedule.until is not None:
        gate = schedule.until
        met_on = timeline.known.first_reaching(gate, after=course.last_on) if course.has_infusion else None
        condition = f"{gate.analyte} of at least {gate.at_least}"
        gates = (gate.analyte,) if met_on is None else ()
        why += f", and not before {condition}" + (", still awaited" if met_on is None else f", met on {met_on}")
        due = due if met_on is None else max(due, met_on)
    found = _once(stream, key=f"{stream.id}/{course.number}", course=course.number, due=due, why=why)
    found.gates = gates
    if not course.has_infusion:
        found.cancelled_on = course.doses[0].cancelled_on
    return found


def _after_stop(stream: Stream, schedule: AfterStop, timeline: Timeline) -> list[Occurrence]:
    given = [dose.given_on for dose in timeline.doses if dose.given_on is not None]
    if timeline.known.decisions.stopped_on is None or not given:
        return []
    due = schedule.after.after(max(given))
    return [_once(stream, key=f"{stream.id}/1", due=due, why=f"{schedule.after} after the last dose ({max(given)})")]


def _before_access_expires(stream: Stream, schedule: BeforeAccessExpires, timeline: Timeline) -> list[Occurrence]:
    expires_on = timeline.known.person.access_expires_on
    if expires_on is None:
        return []
    why = f"{schedule.before} before the access expires ({expires_on})"
    return [_once(stream, key=f"{stream.id}/1", due=schedule.before.before(expires_on), why=why)]


def _plan_course(stream: Stream, schedule: PlanCourse, timeline: Timeline) -> list[Occurrence]:
    """Until that course, or a later one given in its place, has begun."""
    before = [course for course in timeline.courses if course.number < schedule.course]
    previous = anchor(before) or before[-1]
    due = schedule.after.after(previous.last_on)
    why = f"{schedule.after} after the last infusion of course {previous.number} ({previous.last_on})"
    found = _once(stream, key=f"{stream.id}/{schedule.course}", course=schedule.course, due=due, why=why)
    begun = [day for course in timeline.courses if course.number >= schedule.course for day in course.dates]
    found.done_on = min(begun, default=None)
    return [found]


def _since_first_infusion(stream: Stream, schedule: SinceFirstInfusion, timeline: Timeline) -> list[Occurrence]:
    if timeline.watched_until is None:
        return []
    first_on = min(day for course in timeline.courses for day in course.dates)
    found: list[Occurrence] = []
    while (due := schedule.every.after(first_on, times=len(found) + 1)) <= timeline.watched_until:
        number = len(found) + 1
        why = f"{number * schedule.every.months} months after the first infusion ({first_on})"
        found.append(_once(stream, key=f"{stream.id}/{number}", number=number, due=due, why=why))
    return found


def _surveillance_end(stream: Stream, timeline: Timeline) -> list[Occurrence]:
    newest = anchor(timeline.courses)
    if timeline.watched_until is None or newest is None:
        return []
    why = "the surveillance may end on this day; a neurologist closes it"
    return [_once(stream, key=f"{stream.id}/1", course=newest.number, due=timeline.watched_until, why=why)]


def _after_surveillance(stream: Stream, schedule: AfterSurveillance, timeline: Timeline) -> list[Occurrence]:
    closed_on = timeline.closed_on
    if closed_on is None:
        return []
    return endless(
        stream, first=1, due=lambda number: schedule.every.after(closed_on, times=number),
        why=lambda number: f"{number * schedule.every.months} months after the surveillance was closed ({closed_on})",
        on=timeline.known.on, horizon=timeline.horizon,
    )  # fmt: skip


def _once(stream: Stream, *, key: str, due: dt.date, why: str, course: int = 0, number: int = 1) -> Occurrence:
    window = stream.window
    return Occurrence(
        stream=stream, key=key, number=number, computed_due=due, due_on=due,
        opens_on=window.opens_on(due), closes_on=window.closes_on(due), overdue_on=window.overdue_on(due),
        why=why, rungs=stream.rungs, course=course,
    )  # fmt: skip
