"""Open this to change what a description says of one stream of care."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.protocols import phrases
from monitor.protocols.analyte_words import AS_IN_THE_FILE, AnalyteWords
from monitor.protocols.statements import Line
from monitor.schedules.plan import EVERYBODY, NO_RUNGS, DoneBy, Stream
from monitor.schedules.recurrence import CourseDays, CourseStart, Series, WithDose

_CREDIT = {
    DoneBy.TASK: "done when somebody ticks it off",
    DoneBy.DOSE: "done with the dose it goes with",
    DoneBy.DUE_DATE: "done by itself, the day after its due date",
}


def stream_lines(stream: Stream, words: AnalyteWords = AS_IN_THE_FILE) -> Iterator[Line]:
    """What the protocol says of one stream."""
    policy = stream.window_source
    yield Line("when", phrases.schedule(stream.schedule, words), stream.source)
    yield from us_authority(stream.us_source)
    yield from _baseline_lines(stream)
    if stream.requires:
        together = "on one collection day" if len(stream.requires) > 1 else "on any day of the window"
        asked = "; ".join(" or ".join(map(words.name, choice.split(" or "))) for choice in stream.requires)
        yield Line("asks for", f"{asked} ({together})", stream.source)
    else:
        yield Line("done", _CREDIT[stream.done_by], policy)
    goes_with_dose = isinstance(stream.schedule, WithDose | CourseDays | CourseStart)
    closing = phrases.closing(stream.window, goes_with_dose=goes_with_dose)
    yield Line("window", f"{phrases.opening(stream.window)}, {closing}", policy)
    if stream.window.overdue is None and stream.rungs == NO_RUNGS:
        yield Line("overdue", "never overdue, nobody is alerted", policy)
    else:
        yield Line("overdue", phrases.lateness(stream.window), policy)
        yield Line("alerts", phrases.rungs(stream.rungs), policy)
    for tighter in stream.tighter:
        yield Line(_range(stream, tighter.first, tighter.last), phrases.rungs(tighter.rungs), policy)
    yield Line("reminders", phrases.reminders(stream.reminders), policy)
    if stream.settled_by_later_sample:
        yield Line("settled", "any later sample ends the lateness of those before it", policy)
    if stream.applies_to != EVERYBODY:
        yield Line("concerns", phrases.applies_to(stream.applies_to), stream.source)
    after_stop = "goes on" if stream.goes_on_after_stop else "ends with the treatment"
    yield Line("after a stop", after_stop, stream.source)


def us_authority(source: str | None) -> Iterator[Line]:
    """On whose authority the same is asked for where the US label is followed, if on another's."""
    if source is not None:
        yield Line("in the US", "the same" if source != "policy" else "the same, by no label", source)


def _baseline_lines(stream: Stream) -> Iterator[Line]:
    if isinstance(stream.schedule, Series) and stream.schedule.baseline is not None:
        window, is_course = stream.schedule.baseline, stream.schedule.anchor == "last_infusion"
        due = "day 1 of the course" if is_course else "the first dose"
        which = "before each course" if is_course else "before the first dose"
        text = f"{which}: {phrases.opening(window, due=due)}, {phrases.closing(window, due=due)}; never late"
        yield Line("baseline", text, stream.window_source)


def _range(stream: Stream, first: int, last: int) -> str:
    """`months 12-36` for a monthly series, `numbers 4-8` where the rhythm is another."""
    is_monthly = isinstance(stream.schedule, Series) and (
        (stream.schedule.every.months, stream.schedule.every.days) == (1, 0)
    )
    return f"{'months' if is_monthly else 'numbers'} {first}-{last}"
