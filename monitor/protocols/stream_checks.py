"""Open this when a `[[streams]]` of a protocol is refused: what each kind of care must say to be schedulable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from monitor.protocols.faults import Fault, said, shortest_days, spans
from monitor.protocols.window_checks import reminder_faults, rungs_faults, tighter_faults, window_faults
from monitor.schedules.calendar import Kind
from monitor.schedules.plan import CourseDoses, DoneBy, Rules, Stream
from monitor.schedules.recurrence import (
    AfterCourse,
    AfterDose,
    AfterStop,
    AfterSurveillance,
    CourseDays,
    CourseStart,
    PlanCourse,
    Rule,
    Series,
    SinceFirstInfusion,
    SurveillanceEnd,
    WithDose,
)
from monitor.spans import Span

_ID = re.compile(r"[a-z][a-z0-9_]*")
_ONLY_WITHOUT_COURSES = (WithDose, AfterDose)
_ONLY_WITH_COURSES = (CourseDays, CourseStart, AfterCourse, PlanCourse, SinceFirstInfusion)
_GOES_WITH_A_DOSE = (WithDose, CourseDays, CourseStart)
_DONE_BY_A_DOSE = (*_GOES_WITH_A_DOSE, PlanCourse)
_WATCHES = (Series, SurveillanceEnd)


def stream_faults(
    plan: Rules, stream: Stream, *, path: str, is_analyte: Callable[[str], bool], is_scale: Callable[[str], bool]
) -> Iterator[Fault]:
    """Everything wrong with one stream of the plan; `is_analyte`, `is_scale`: what the dictionary knows by that id."""
    if not _ID.fullmatch(stream.id):
        yield Fault(f"{path}.id", "not small letters, digits and underscores, a letter first")
    yield from said((f"{path}.{name}", getattr(stream, name)) for name in ("title", "source", "window_source"))
    yield from _schedule_faults(plan, stream, path=path)
    yield from _credit_faults(stream, path=path)
    yield from _requirement_faults(stream, path=f"{path}.requires", is_known=_known(stream, is_analyte, is_scale))
    yield from window_faults(stream.window, path=f"{path}.window", days_to_next=_days_to_next(plan, stream))
    yield from rungs_faults(stream.rungs, path=f"{path}.rungs", window=stream.window)
    yield from reminder_faults(stream.reminders, path=f"{path}.reminders")
    count = stream.schedule.count if isinstance(stream.schedule, Series) else None
    if stream.tighter and not isinstance(stream.schedule, Series):
        yield Fault(f"{path}.tighter", "only a series has numbered occurrences")
    yield from tighter_faults(
        stream.tighter, path=f"{path}.tighter", window=stream.window, count=count, usual=stream.rungs
    )


def _known(stream: Stream, is_analyte: Callable[[str], bool], is_scale: Callable[[str], bool]) -> Callable[[str], bool]:
    """A laboratory measures analytes; an assessment is a scale."""
    return is_analyte if stream.kind is Kind.LAB else is_scale


def _requirement_faults(stream: Stream, *, path: str, is_known: Callable[[str], bool]) -> Iterator[Fault]:
    if stream.done_by is not DoneBy.SAMPLE:
        if stream.requires:
            yield Fault(path, "only a sample has required values")
        return
    if not stream.requires:
        yield Fault(path, "a sample without required values would be credited by nothing")
    seen: set[str] = set()
    what = "analyte" if stream.kind is Kind.LAB else "scale"
    for place, choice in enumerate(stream.requires):
        for name in choice.split(" or "):
            if not is_known(name):
                yield Fault(f"{path}[{place}]", f"{name!r} is no {what} of the dictionary")
            if name in seen:
                yield Fault(f"{path}[{place}]", f"{name!r} is required twice")
            seen.add(name)


def _credit_faults(stream: Stream, *, path: str) -> Iterator[Fault]:
    """What is done how: a sample for lab and assessment, a tick for a task, a dose where there is one to go with."""
    if stream.kind is Kind.DOSE:
        yield Fault(f"{path}.kind", "doses stand in [doses]")
    elif (stream.kind is Kind.TASK) == (stream.done_by is DoneBy.SAMPLE):
        yield Fault(f"{path}.done_by", f"what credits a {stream.kind}: {'not ' * (stream.kind is Kind.TASK)}a sample")
    if stream.done_by is DoneBy.DOSE and not isinstance(stream.schedule, _DONE_BY_A_DOSE):
        yield Fault(f"{path}.done_by", "it goes with no dose")
    if stream.settled_by_later_sample and stream.done_by is not DoneBy.SAMPLE:
        yield Fault(f"{path}.settled_by_later_sample", "no sample credits it")


def _schedule_faults(plan: Rules, stream: Stream, *, path: str) -> Iterator[Fault]:
    schedule, here = stream.schedule, f"{path}.schedule"
    has_courses = isinstance(plan.doses, CourseDoses)
    if isinstance(schedule, _ONLY_WITHOUT_COURSES) and has_courses:
        yield Fault(f"{here}.rule", "this protocol has courses: course_days or course_start")
    if isinstance(schedule, _ONLY_WITH_COURSES) and not has_courses:
        yield Fault(f"{here}.rule", "this protocol has no courses")
    yield from spans((f"{here}.{name}", length) for name, length in _lengths(schedule))
    if isinstance(schedule, Series):
        yield from _series_faults(plan, stream, schedule, path=here)
    if isinstance(schedule, CourseDays):
        yield from _course_days_faults(plan, schedule, path=here)
    if isinstance(schedule, AfterDose) and (not schedule.days or list(schedule.days) != sorted({*schedule.days} - {0})):
        yield Fault(f"{here}.days", "not in order, each day once, from 1 on")
    if isinstance(schedule, AfterStop) and not stream.goes_on_after_stop:
        yield Fault(f"{path}.goes_on_after_stop", "cancelled by the very stop that calls for it")
    yield from _surveillance_faults(plan, stream, path=path)


def _lengths(schedule: Rule) -> Iterator[tuple[str, Span]]:
    """The lengths of time of a rule, with the names of their members."""
    for name in schedule.__struct_fields__:
        value = getattr(schedule, name)
        if isinstance(value, Span):
            yield name, value


def _surveillance_faults(plan: Rules, stream: Stream, *, path: str) -> Iterator[Fault]:
    schedule = stream.schedule
    needs_an_end = isinstance(schedule, SurveillanceEnd | AfterSurveillance | SinceFirstInfusion)
    if needs_an_end and plan.surveillance is None:
        yield Fault(f"{path}.schedule.rule", "this protocol has no [surveillance]")
    if isinstance(schedule, AfterSurveillance) and not any(
        isinstance(other.schedule, SurveillanceEnd) for other in plan.streams
    ):
        yield Fault(f"{path}.schedule.rule", "no stream ends the surveillance")
    if stream.is_surveillance and (plan.surveillance is None or not isinstance(schedule, _WATCHES)):
        yield Fault(f"{path}.is_surveillance", "only a series of a protocol with [surveillance] is, and its end")
    if stream.is_surveillance and not stream.goes_on_after_stop:
        yield Fault(f"{path}.goes_on_after_stop", "stopping a treatment never stops surveillance")


def _series_faults(plan: Rules, stream: Stream, schedule: Series, *, path: str) -> Iterator[Fault]:
    if schedule.first < 1:
        yield Fault(f"{path}.first", "occurrences are numbered from 1")
    if schedule.count is not None and schedule.count < schedule.first:
        yield Fault(f"{path}.count", "fewer than one")
    if schedule.count is not None and schedule.until is not None:
        yield Fault(f"{path}.until", "a series that a result ends has no count")
    if schedule.anchor == "last_infusion":
        if not isinstance(plan.doses, CourseDoses):
            yield Fault(f"{path}.anchor", "this protocol has no courses")
        if schedule.count is None and schedule.until is None:
            yield Fault(f"{path}.count", "missing: a series after the last infusion has an end")
        if not schedule.every.months:
            yield Fault(f"{path}.every", "a series after the last infusion is counted in months")
    elif schedule.count is not None:
        yield Fault(f"{path}.count", "a series after the first dose lasts as long as the treatment")
    yield from _length_faults(plan, stream, schedule, path=path)
    yield from _baseline_faults(schedule, path=f"{path}.baseline")


def _length_faults(plan: Rules, stream: Stream, schedule: Series, *, path: str) -> Iterator[Fault]:
    if plan.surveillance is not None and stream.is_surveillance and schedule.count is not None:
        watched = plan.surveillance.after_last_infusion
        if schedule.every.months * schedule.count > watched.months:
            yield Fault(f"{path}.count", f"longer than the surveillance of {watched}")


def _baseline_faults(schedule: Series, *, path: str) -> Iterator[Fault]:
    """A baseline is a gate before the dose: it is never late, and it closes."""
    if schedule.baseline is None:
        return
    yield from window_faults(schedule.baseline, path=path, days_to_next=None)
    if schedule.baseline.closes == "never":
        yield Fault(f"{path}.closes", "a baseline that never closes could be taken after the dose")
    if schedule.baseline.overdue is not None:
        yield Fault(f"{path}.overdue", "a baseline is a gate, never late")


def _course_days_faults(plan: Rules, schedule: CourseDays, *, path: str) -> Iterator[Fault]:
    if not isinstance(plan.doses, CourseDoses):
        return
    lengths = {"first_course": plan.doses.days_in_first_course, "later_courses": plan.doses.days_in_later_courses}
    for name, length in lengths.items():
        days: tuple[int, ...] = getattr(schedule, name)
        if list(days) != sorted(set(days)):
            yield Fault(f"{path}.{name}", "not in order, each day once")
        if any(not 1 <= day <= length for day in days):
            yield Fault(f"{path}.{name}", f"such a course has {length} days")
    if not (schedule.first_course or schedule.later_courses):
        yield Fault(path, "on no day of any course")


def _days_to_next(plan: Rules, stream: Stream) -> int | None:
    """The fewest days from one occurrence to the next that closes it; None where nothing does."""
    if isinstance(stream.schedule, Series | AfterSurveillance):
        return shortest_days(stream.schedule.every)
    if isinstance(stream.schedule, WithDose) and not isinstance(plan.doses, CourseDoses):
        return min((shortest_days(phase.interval) for phase in plan.doses.phases), default=None)
    return None
