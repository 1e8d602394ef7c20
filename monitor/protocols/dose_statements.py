"""Open this to change what a description says of the doses."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.protocols import phrases
from monitor.protocols.statements import Block, Line
from monitor.protocols.stream_statements import us_authority
from monitor.schedules.plan import CourseDoses, IntervalDoses, Phase, Visit


def dose_blocks(doses: IntervalDoses | CourseDoses) -> Iterator[Block]:
    """What the protocol says of its doses: the rule, then each sort of visit."""
    yield from _interval_blocks(doses) if isinstance(doses, IntervalDoses) else _course_blocks(doses)


def _interval_blocks(doses: IntervalDoses) -> Iterator[Block]:
    rule = (
        Line("first dose", "on the date agreed for the start", doses.source),
        Line("every other", "counted from the last dose actually given, however late that was", doses.source),
        _interruption(doses),
    )
    yield Block(f"{doses.stream}: {doses.title}", (*rule, *us_authority(doses.us_source)))
    before = 0
    for phase in doses.phases:
        which = f"doses {before + 1} to {phase.doses}" if phase.doses else f"dose {before + 1} and all that follow"
        yield Block(f"{phase.name}: {which}", tuple(_phase_lines(doses, phase, is_first=before == 0)))
        before = phase.doses or before


def _phase_lines(doses: IntervalDoses, phase: Phase, *, is_first: bool) -> Iterator[Line]:
    each = "each but the first" if is_first else "each"
    yield Line("interval", f"{each} {phase.interval} after the last dose given", doses.source)
    early = f"less than {phase.minimum_interval} after the last dose given: a reason is asked for"
    yield Line("too early", early, doses.window_source)
    yield from _visit_lines(phase.visit, source=doses.window_source)


def _course_blocks(doses: CourseDoses) -> Iterator[Block]:
    yield Block(f"{doses.stream}: {doses.title}", tuple(_course_lines(doses)))
    yield Block("Day 1 of a course", tuple(_visit_lines(doses.first_day, source=doses.window_source)))
    default = f"Day 1 of course {doses.default_course} while no date is agreed"
    yield Block(default, tuple(_visit_lines(doses.default_first_day, source=doses.window_source)))
    yield Block("The days after day 1", tuple(_visit_lines(doses.later_day, source=doses.window_source)))


def _course_lines(doses: CourseDoses) -> Iterator[Line]:
    first, later = phrases.days(doses.days_in_first_course), phrases.days(doses.days_in_later_courses)
    yield Line("course 1", f"{first} of infusion in a row, from the date agreed for the start", doses.source)
    yield Line("later courses", f"{later} of infusion in a row", doses.source)
    yield Line("minimum gap", f"{doses.minimum_gap} after the last infusion of the course before", doses.source)
    default = (
        f"course {doses.default_course} is shown {doses.default_gap} after the last infusion until a date is agreed"
    )
    yield Line("by default", default, doses.source)
    if doses.courses_on_label is not None:
        limit = f"{doses.courses_on_label} courses; a further one is warned of"
        elsewhere = f", but not in the profile {phrases.listed(doses.unlimited_in)}" if doses.unlimited_in else ""
        yield Line("on the label", limit + elsewhere, doses.source)
    vaccine = f"{doses.wait_after_vaccine} from a vaccine to the first infusion of a course, or it is warned of"
    yield Line("vaccines", vaccine, doses.source)
    if doses.vzv_vaccines:
        named = ", ".join(doses.vzv_vaccines)
        text = f"without antibodies, a vaccine against varicella-zoster before a course (known by: {named})"
        yield Line("varicella", text, doses.source)
    yield from us_authority(doses.us_source)
    yield _interruption(doses)


def _interruption(doses: IntervalDoses | CourseDoses) -> Line:
    late = f"more than {doses.long_interruption} after its due date a dose is warned of"
    return Line("interruption", late, doses.window_source)


def _visit_lines(visit: Visit, *, source: str) -> Iterator[Line]:
    yield Line("window", f"{phrases.opening(visit.window)}, {phrases.closing(visit.window)}", source)
    yield Line("overdue", phrases.lateness(visit.window), source)
    yield Line("alerts", phrases.rungs(visit.rungs), source)
    yield Line("reminders", phrases.reminders(visit.reminders), source)
