"""Which occurrences each rule of a protocol gives: one function a rule type."""

from __future__ import annotations

import datetime as dt

from monitor.schedules.course_doses import Course
from monitor.schedules.doses import Dose
from monitor.schedules.milestones import milestones
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import NO_RUNGS, DoneBy, Stream
from monitor.schedules.recurrence import AfterDose, CourseDays, CourseStart, Series, Window, WithDose
from monitor.schedules.series import course_series, first_dose_series
from monitor.schedules.timeline import Timeline

_DAY = dt.timedelta(days=1)


def occurrences(stream: Stream, timeline: Timeline) -> list[Occurrence]:
    """Every occurrence of `stream` that the timeline calls for, uncredited, in order of due date."""
    schedule = stream.schedule
    if isinstance(schedule, WithDose):
        return _with_dose(stream, timeline)
    if isinstance(schedule, AfterDose):
        return _after_dose(stream, schedule, timeline)
    if isinstance(schedule, Series):
        return _series(stream, schedule, timeline)
    if isinstance(schedule, CourseDays):
        return _course_days(stream, schedule, timeline)
    if isinstance(schedule, CourseStart):
        return [_with(stream, course.doses[0], key=f"{stream.id}/{course.number}", course=course)
                for course in timeline.courses]  # fmt: skip
    return milestones(stream, schedule, timeline)


def dose_occurrence(stream: Stream, dose: Dose) -> Occurrence:
    """The dose itself as an occurrence of its own stream: it never closes and waits for nobody."""
    window = dose.visit.window
    found = Occurrence(
        stream=stream, key=dose.key, number=dose.number, computed_due=dose.computed_due, due_on=dose.due_on,
        opens_on=window.opens_on(dose.computed_due), closes_on=None,
        overdue_on=window.overdue_on(dose.computed_due), why=dose.because, rungs=dose.visit.rungs, course=dose.course,
    )  # fmt: skip
    found.dose = dose
    found.done_on = dose.given_on
    found.is_waived = dose.is_waived
    found.cancelled_on = dose.cancelled_on
    return found


def _with(
    stream: Stream, dose: Dose, *, key: str, baseline: Window | None = None, next_opens_on: dt.date | None = None,
    course: Course | None = None, days_after: int | None = None,
) -> Occurrence:  # fmt: skip
    """An occurrence that goes with `dose`: due when the dose is, and once given on its date (contract, Streams)."""
    window = baseline or stream.window
    given_on = course.first_on if course is not None and course.has_infusion else dose.given_on
    due = given_on or dose.due_on
    why = f"goes with {dose.key}, {'given' if given_on else 'due'} on {due}"
    if days_after is not None:
        taken_on = given_on or dose.taken_on
        due = taken_on + dt.timedelta(days=days_after)
        why = f"day {days_after} after {dose.key}, {'given' if given_on else 'taken as given'} on {taken_on}"
    is_pending = given_on is None and dose.is_pending
    closes_on = window.closes_on(due, next_opens_on=next_opens_on)
    if closes_on is not None:
        closes_on = max(closes_on, (given_on or dose.taken_on) + _DAY)
    found = Occurrence(
        stream=stream, key=key, number=dose.number, computed_due=due, due_on=due,
        opens_on=window.opens_on(due), closes_on=closes_on,
        overdue_on=None if is_pending else window.overdue_on(due),
        why=why,
        rungs=NO_RUNGS if baseline else stream.rungs, course=dose.course, is_baseline=baseline is not None,
    )  # fmt: skip
    found.dose = dose
    if is_pending:
        found.waits_for = dose
    if stream.done_by is DoneBy.DOSE:
        found.done_on = given_on
    if given_on is None:
        found.is_waived_with_dose = dose.is_waived
        found.cancelled_on = dose.cancelled_on
    return found


def _with_dose(stream: Stream, timeline: Timeline) -> list[Occurrence]:
    found = []
    for dose, following in zip(timeline.doses, timeline.doses[1:], strict=False):
        next_on = min(following.due_on, following.given_on) if following.given_on else following.due_on
        next_opens_on = stream.window.opens_on(next_on)
        found.append(_with(stream, dose, key=f"{stream.id}/{dose.number}", next_opens_on=next_opens_on))
    return found


def _after_dose(stream: Stream, schedule: AfterDose, timeline: Timeline) -> list[Occurrence]:
    """So many days after each dose; a pending one is taken as given on the later of its due date and today."""
    return [
        _with(stream, dose, key=f"{stream.id}/{dose.number}.{days}", days_after=days)
        for dose in timeline.doses[:-1]
        for days in schedule.days
    ]


def _series(stream: Stream, schedule: Series, timeline: Timeline) -> list[Occurrence]:
    if schedule.anchor == "first_dose":
        first = _first_dose(timeline)
        anchor = first.given_on or max(timeline.known.started_on, timeline.known.on)
        found = first_dose_series(
            stream, schedule, anchor=anchor, on=timeline.known.on, horizon=timeline.horizon,
            why="the first dose" if first.given_on else "the first dose, still to be given",
        )  # fmt: skip
        if schedule.baseline is not None:
            found.insert(0, _with(stream, first, key=f"{stream.id}/0", baseline=schedule.baseline))
        return found
    found = []
    has_infusion = any(course.has_infusion for course in timeline.courses)
    following: dict[int, Course] = {}
    newer: Course | None = None
    for course in reversed(timeline.courses):
        if newer is not None:
            following[course.number] = newer
        if course.has_infusion:
            newer = course
    for course in timeline.courses:
        if schedule.baseline is not None:
            key = f"{stream.id}/{course.number}.0"
            found.append(_with(stream, course.doses[0], key=key, baseline=schedule.baseline, course=course))
        if course.has_infusion or (course.number == 1 and not has_infusion):
            found += course_series(
                stream, schedule, course=course, newer=following.get(course.number), known=timeline.known,
                horizon=timeline.horizon,
            )  # fmt: skip
    return found


def _first_dose(timeline: Timeline) -> Dose:
    """The first dose given or, before it, the first that is to be."""
    given = next((dose for dose in timeline.doses if dose.given_on is not None), None)
    return given or next((dose for dose in timeline.doses if not dose.is_waived), timeline.doses[0])


def _course_days(stream: Stream, schedule: CourseDays, timeline: Timeline) -> list[Occurrence]:
    return [
        _with(stream, dose, key=f"{stream.id}/{course.number}.{dose.number}")
        for course in timeline.courses
        for dose in course.doses
        if dose.number in (schedule.first_course if course.number == 1 else schedule.later_courses)
    ]
