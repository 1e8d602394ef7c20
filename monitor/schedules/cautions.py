"""Warnings about the facts themselves: doses too close or too far apart, courses out of order, facts after the end."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise, takewhile

from monitor.schedules.calendar import Kind, Warning
from monitor.schedules.course_doses import Course
from monitor.schedules.doses import Dose
from monitor.schedules.gates import is_too_close
from monitor.schedules.known import Decisions, Known
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import CourseDoses, DoneBy, IntervalDoses

_POLICY = "policy"


def same_day_doses(plan: IntervalDoses | CourseDoses, known: Known, doses: list[Dose]) -> list[Warning]:
    """One warning for each administration left out because another was given on that day (SmPC 4.2: never doubled)."""
    kept = {dose.given_on: dose.key for dose in doses if dose.given_on is not None}
    warnings = []
    for extra in known.ignored:
        key = kept.get(extra.on) if extra.course is None else f"{plan.stream}/{extra.course}.{extra.day}"
        because = f"a second dose on {extra.on} is ignored: two are never given on one day"
        warnings.append(Warning("same_day_doses", key, because, plan.source))
    return warnings


def long_interruptions(plan: IntervalDoses | CourseDoses, doses: list[Dose], *, on: dt.date) -> list[Warning]:
    """Doses given, or still pending, much later than due: a clinical question, never new loading doses (1.3)."""
    warnings = []
    for dose in doses:
        if dose.is_default or (dose.given_on is None and (not dose.is_pending or dose.is_held)):
            continue
        if (dose.given_on or on) > plan.long_interruption.after(dose.computed_due):
            what = f"given on {dose.given_on}" if dose.given_on else "still to be given"
            because = f"due on {dose.computed_due}, {what}: more than {plan.long_interruption} later"
            warnings.append(Warning("long_interruption", dose.key, because, plan.window_source))
    return warnings


def course_warnings(plan: CourseDoses, known: Known, courses: list[Course]) -> list[Warning]:
    """Courses too soon, split, out of order or beyond the label, and vaccines too close to an infusion."""
    warnings: list[Warning] = []
    for course in courses:
        earlier = [other for other in courses if other.number < course.number and other.has_infusion]
        warnings += _order(plan, course, earlier)
        warnings += _gap(plan, course, courses)
        warnings += _splits(plan, course)
        on_label = plan.courses_on_label
        if on_label is not None and course.number > on_label and (course.has_infusion or course.planned_on):
            because = f"course {course.number}: the label describes {on_label} courses"
            warnings.append(Warning("beyond_label", f"{plan.stream}/{course.number}.1", because, plan.source))
        warnings += _vaccines_before(plan, course, known.decisions)
    return warnings + _live_vaccines(plan, courses, known.decisions)


def _order(plan: CourseDoses, course: Course, earlier: list[Course]) -> list[Warning]:
    if not course.has_infusion:
        return []
    warnings = []
    first = min(course.dates)
    is_after_all = len(earlier) == course.number - 1 and all(max(other.dates) < first for other in earlier)
    if not is_after_all:
        because = (
            f"course {course.number} began on {first}, not after every infusion of courses 1 to {course.number - 1}"
        )
        warnings.append(Warning("course_out_of_order", f"{plan.stream}/{course.number}.1", because, plan.source))
    given = sorted(course.given.items())
    for (_, before), (day, after) in pairwise(given):
        if after.on < before.on:
            because = f"day {day} of course {course.number} is dated before an earlier day of it"
            warnings.append(
                Warning("course_out_of_order", f"{plan.stream}/{course.number}.{day}", because, plan.source)
            )
    return warnings


def _gap(plan: CourseDoses, course: Course, courses: list[Course]) -> list[Warning]:
    first = min(course.dates) if course.has_infusion else course.planned_on
    if first is None or (course.superseded_on is not None and not course.has_infusion):
        return []
    before = [day for other in courses if other.number != course.number for day in other.dates if day < first]
    if not before or first >= plan.minimum_gap.after(max(before)):
        return []
    what = "given" if course.has_infusion else "agreed for"
    because = (
        f"course {course.number} {what} {first}, less than {plan.minimum_gap} after the last infusion ({max(before)})"
    )
    return [Warning("before_minimum_gap", f"{plan.stream}/{course.number}.1", because, plan.source)]


def _splits(plan: CourseDoses, course: Course) -> list[Warning]:
    given = sorted(course.given.items(), key=lambda entry: entry[1].on)
    warnings = []
    for (_, before), (day, after) in pairwise(given):
        if (after.on - before.on).days > 1:
            because = (
                f"day {day} of course {course.number} was given {(after.on - before.on).days} days after the one before"
            )
            warnings.append(Warning("split_course", f"{plan.stream}/{course.number}.{day}", because, plan.source))
    return warnings


def _vaccines_before(plan: CourseDoses, course: Course, decisions: Decisions) -> list[Warning]:
    if not course.has_infusion:
        return []
    first = min(course.dates)
    return [
        Warning(
            "vaccine_interval",
            f"{plan.stream}/{course.number}.1",
            f"a vaccine was given on {vaccine.on}, less than {plan.wait_after_vaccine} before {first}",
            plan.source,
        )
        for vaccine in decisions.vaccinations
        if is_too_close(plan, vaccine, first)
    ]


def _live_vaccines(plan: CourseDoses, courses: list[Course], decisions: Decisions) -> list[Warning]:
    given = [day for course in courses for day in course.dates]
    return [
        Warning("vaccine_interval", None, f"a live vaccine was given on {vaccine.on}, after an infusion", plan.source)
        for vaccine in decisions.vaccinations
        if vaccine.live and given and vaccine.on > min(given)
    ]


def after_the_end(plan: IntervalDoses | CourseDoses, known: Known, doses: list[Dose]) -> list[Warning]:
    """Doses given after a stop, and any fact dated after a death: they count, and somebody must look at them."""
    warnings = []
    stopped_on, died_on = known.decisions.stopped_on, known.decisions.died_on
    slots = {dose.given_on: dose.key for dose in doses if dose.given_on is not None}
    for given in (*known.administrations, *known.ignored):
        key = slots.get(given.on) if given.course is None else f"{plan.stream}/{given.course}.{given.day}"
        if stopped_on is not None and given.on > stopped_on and given not in known.ignored:
            because = f"given on {given.on}, after the treatment was stopped on {stopped_on}"
            warnings.append(Warning("fact_after_stop", key, because, _POLICY))
        if died_on is not None and given.on > died_on:
            because = f"given on {given.on}, after the death on {died_on}"
            warnings.append(Warning("fact_after_death", key, because, _POLICY))
    if died_on is not None:
        warnings += [
            Warning("fact_after_death", None, f"a fact dated {day}, after the death on {died_on}", _POLICY)
            for day in sorted(known.other_fact_days)
            if day > died_on
        ]
    return warnings


def decisions_on_items(decisions: Decisions, by_key: dict[str, Occurrence]) -> list[Warning]:
    """Events that name no item, or a date outside its window: they change nothing, and say so."""
    because = "an event names an item that the calendar does not have"
    named = (*decisions.waived_on, *decisions.moves_to, *decisions.done_on)
    warnings = [Warning("unknown_item", None, because, _POLICY) for key in named if key not in by_key]
    for key, moves in decisions.moves_to.items():
        if key in by_key:
            warnings += _ineffective(by_key[key], moves)
    for key, days in decisions.done_on.items():
        found = by_key.get(key)
        if found is None:
            continue
        if found.stream.kind is not Kind.TASK:
            warnings.append(Warning("unknown_item", key, "only a task can be ticked off as done", _POLICY))
        elif found.stream.done_by is not DoneBy.TASK:
            because = "this task is done with its dose or its date, never by a tick"
            warnings.append(Warning("unknown_item", key, because, _POLICY))
        elif not any(found.has_in_window(day) for day in days):
            warnings.append(_outside_window(found, f"done on {days[-1]}"))
    return warnings


def _ineffective(found: Occurrence, moves: tuple[dt.date, ...]) -> list[Warning]:
    """A warning for each move newer than the one that holds: they lie outside the window and change nothing."""
    newer = takewhile(lambda to: not found.has_in_window(to), moves)
    return [_outside_window(found, f"moved to {to}") for to in newer]


def _outside_window(found: Occurrence, what: str) -> Warning:
    because = f"{what}, outside the window from {found.opens_on} to {found.closes_on or 'no end'}"
    return Warning("outside_window", found.key, because, _POLICY)
