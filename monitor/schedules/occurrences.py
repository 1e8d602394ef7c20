"""Which occurrences each rule of a protocol gives: one function a rule type, and the table that finds it."""

from __future__ import annotations

import datetime as dt

from monitor.schedules.course_doses import Course
from monitor.schedules.doses import Dose
from monitor.schedules.known import Known
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import (
    NO_RUNGS,
    AfterCourse,
    AfterStop,
    CourseDays,
    CourseStart,
    DoneBy,
    Series,
    Stream,
    Window,
    WithDose,
)
from monitor.schedules.series import course_series, first_dose_series

_DAY = dt.timedelta(days=1)


class Timeline:
    """The doses that streams hang on.

    `courses` is empty where the protocol has none; `doses` then ends with one that only closes windows. `horizon`: how
    far an unbounded series is worked out.
    """

    __slots__ = ("courses", "doses", "horizon", "known")

    def __init__(self, known: Known, *, doses: list[Dose], courses: list[Course], horizon: dt.date) -> None:
        self.known = known
        self.doses = doses
        self.courses = courses
        self.horizon = horizon


def occurrences(stream: Stream, timeline: Timeline) -> list[Occurrence]:
    """Every occurrence of `stream` that the timeline calls for, uncredited, in order of due date."""
    schedule = stream.schedule
    if isinstance(schedule, WithDose):
        return _with_dose(stream, timeline)
    if isinstance(schedule, Series):
        return _series(stream, schedule, timeline)
    if isinstance(schedule, CourseDays):
        return _course_days(stream, schedule, timeline)
    if isinstance(schedule, CourseStart):
        return [_with(stream, course.doses[0], key=f"{stream.id}/{course.number}", course=course)
                for course in timeline.courses]  # fmt: skip
    if isinstance(schedule, AfterCourse):
        return _after_course(stream, schedule, timeline)
    return _after_stop(stream, schedule, timeline)


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
    course: Course | None = None,
) -> Occurrence:  # fmt: skip
    """An occurrence that goes with `dose`: due when the dose is, and once given on its date (contract, Streams)."""
    window = baseline or stream.window
    given_on = course.first_on if course is not None and course.has_infusion else dose.given_on
    due = given_on or dose.due_on
    is_pending = given_on is None and dose.is_pending
    closes_on = window.closes_on(due, next_opens_on=next_opens_on)
    if closes_on is not None:
        closes_on = max(closes_on, (given_on or dose.taken_on) + _DAY)
    found = Occurrence(
        stream=stream, key=key, number=dose.number, computed_due=due, due_on=due,
        opens_on=window.opens_on(due), closes_on=closes_on,
        overdue_on=None if is_pending else window.overdue_on(due),
        why=f"goes with {dose.key}, {'given' if given_on else 'due'} on {due}",
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
            found += course_series(stream, schedule, course=course, newer=following.get(course.number))
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


def _after_course(stream: Stream, schedule: AfterCourse, timeline: Timeline) -> list[Occurrence]:
    found = []
    for course in timeline.courses:
        last = "last infusion" if course.has_infusion else "planned last infusion"
        found.append(
            _once(
                stream,
                key=f"{stream.id}/{course.number}",
                course=course.number,
                due=schedule.after.after(course.last_on),
                why=f"{schedule.after} after the {last} of course {course.number} ({course.last_on})",
            )
        )
        if not course.has_infusion:
            found[-1].cancelled_on = course.doses[0].cancelled_on
    return found


def _after_stop(stream: Stream, schedule: AfterStop, timeline: Timeline) -> list[Occurrence]:
    given = [dose.given_on for dose in timeline.doses if dose.given_on is not None]
    if timeline.known.decisions.stopped_on is None or not given:
        return []
    due = schedule.after.after(max(given))
    return [_once(stream, key=f"{stream.id}/1", due=due, why=f"{schedule.after} after the last dose ({max(given)})")]


def _once(stream: Stream, *, key: str, due: dt.date, why: str, course: int = 0) -> Occurrence:
    window = stream.window
    return Occurrence(
        stream=stream, key=key, number=1, computed_due=due, due_on=due,
        opens_on=window.opens_on(due), closes_on=window.closes_on(due), overdue_on=window.overdue_on(due),
        why=why, rungs=stream.rungs, course=course,
    )  # fmt: skip
