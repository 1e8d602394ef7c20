"""Open this when the `[doses]` of a protocol are refused: what each way of dosing must be."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.protocols.faults import Fault, said, shortest_days, spans
from monitor.protocols.window_checks import visit_faults
from monitor.schedules.plan import CourseDoses, IntervalDoses, Phase

_MOST_DAYS = 99


def dose_faults(doses: IntervalDoses | CourseDoses) -> Iterator[Fault]:
    """Everything wrong with the doses themselves."""
    yield from said((f"doses.{name}", getattr(doses, name)) for name in ("stream", "title", "source", "window_source"))
    yield from spans([("doses.long_interruption", doses.long_interruption)])
    yield from _interval_faults(doses) if isinstance(doses, IntervalDoses) else _course_faults(doses)


def _interval_faults(doses: IntervalDoses) -> Iterator[Fault]:
    if not doses.phases:
        yield Fault("doses.phases", "no phase")
    before = 0
    names: set[str] = set()
    for place, phase in enumerate(doses.phases):
        path = f"doses.phases[{place}]"
        is_last = place == len(doses.phases) - 1
        if is_last and phase.doses is not None:
            yield Fault(f"{path}.doses", "the last phase has no last dose")
        if not is_last and phase.doses is None:
            yield Fault(f"{path}.doses", "missing: only the last phase has no last dose")
        if phase.doses is not None and phase.doses <= before:
            yield Fault(f"{path}.doses", "counted from the first dose of the treatment: more than in the phase before")
        if phase.name in names:
            yield Fault(f"{path}.name", "another phase has this name")
        names.add(phase.name)
        before = max(before, phase.doses or 0)
        yield from _phase_faults(phase, path=path)


def _phase_faults(phase: Phase, *, path: str) -> Iterator[Fault]:
    yield from said([(f"{path}.name", phase.name)])
    yield from spans([(f"{path}.interval", phase.interval), (f"{path}.minimum_interval", phase.minimum_interval)])
    interval = shortest_days(phase.interval)
    if shortest_days(phase.minimum_interval) > interval:
        yield Fault(f"{path}.minimum_interval", "longer than the interval")
    yield from visit_faults(phase.visit, path=f"{path}.visit", days_to_next=interval)


def _course_faults(doses: CourseDoses) -> Iterator[Fault]:
    for name in ("days_in_first_course", "days_in_later_courses", "courses_on_label"):
        number = getattr(doses, name)
        if number is not None and not 1 <= number <= _MOST_DAYS:
            yield Fault(f"doses.{name}", f"not a number from 1 to {_MOST_DAYS}")
    if doses.default_course < 2:
        yield Fault("doses.default_course", "course 1 is on the date agreed for the start: 2 or more")
    if doses.courses_on_label is not None and doses.default_course > max(doses.courses_on_label, 2):
        yield Fault("doses.default_course", "more than the courses on the label")
    yield from spans(
        (f"doses.{name}", getattr(doses, name)) for name in ("minimum_gap", "default_gap", "wait_after_vaccine")
    )
    if shortest_days(doses.default_gap) < shortest_days(doses.minimum_gap):
        yield Fault("doses.default_gap", "shorter than the minimum gap")
    for name in ("first_day", "default_first_day", "later_day"):
        yield from visit_faults(getattr(doses, name), path=f"doses.{name}")
    for place, beginning in enumerate(doses.vzv_vaccines):
        if beginning != beginning.casefold().strip() or not beginning:
            yield Fault(f"doses.vzv_vaccines[{place}]", "not the beginning of a word in small letters")
