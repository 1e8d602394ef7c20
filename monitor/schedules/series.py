"""Regular series in calendar months, always counted from their anchor (primitives P3, P11, P24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

import msgspec

from monitor.schedules.course_doses import Course
from monitor.schedules.known import Known
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import Ladders, Rungs, Stream
from monitor.schedules.recurrence import Series, Window


def first_dose_series(
    stream: Stream, schedule: Series, *, anchor: dt.date, on: dt.date, horizon: dt.date, why: str
) -> list[Occurrence]:
    """An unbounded series: up to `horizon`, and on to the first occurrence that nothing known can have credited."""
    return endless(
        stream, first=schedule.first, due=lambda number: schedule.due(anchor, number),
        why=lambda number: f"month {number * schedule.every.months} after {why} ({anchor})", on=on, horizon=horizon,
    )  # fmt: skip


def course_series(
    stream: Stream, schedule: Series, *, course: Course, newer: Course | None, known: Known, horizon: dt.date
) -> list[Occurrence]:
    """The series of one course: bounded by its count, or until a result after the last infusion meets its gate.

    A newer course that has begun on day F re-anchors it (clinical 2.7): occurrences due after F are cancelled, and
    those that never close; the others due by F close at the latest when the newer series opens. What had not opened by
    F is nowhere to be seen, so it is left out unless somebody decided something about it.
    """
    what = "last infusion" if course.has_infusion else "planned last infusion"
    if schedule.until is None:
        found = _bounded(stream, schedule, course=course, what=what)
    else:
        found = endless(
            stream, first=schedule.first, due=lambda number: schedule.due(course.last_on, number),
            why=lambda number: f"month {number * schedule.every.months} after the {what} ({course.last_on})",
            on=known.on, horizon=horizon, course=course.number,
        )  # fmt: skip
        met_on = known.first_reaching(schedule.until, after=course.last_on) if course.has_infusion else None
        if met_on is not None:
            found = [made for made in found if made.opens_on <= met_on]
    ended_on = course.superseded_on
    if newer is not None and ended_on is not None:
        decisions = known.decisions
        found = [made for made in found if made.opens_on <= ended_on or decisions.name(made.key)]
        newer_opens = stream.window.opens_on(schedule.due(newer.last_on, schedule.first))
        for made in found:
            if made.computed_due > ended_on or made.closes_on is None:
                made.superseded_on = ended_on
            else:
                made.closes_on = min(made.closes_on, newer_opens)
    return found


def endless(
    stream: Stream, *, first: int, due: Callable[[int], dt.date], why: Callable[[int], str], on: dt.date,
    horizon: dt.date, course: int = 0,
) -> list[Occurrence]:  # fmt: skip
    """A series without an end, from number `first` on: up to `horizon`, and on to the first that opens after `on`.

    `due` and `why`: of each number, its date and the words for it.
    """
    found: list[Occurrence] = []
    prefix = f"{stream.id}/{course}." if course else f"{stream.id}/"
    number = first
    while not found or found[-1].due_on <= horizon or found[-1].opens_on <= on:
        slot = _slot(
            stream.window, stream.ladders, number=number, due=due(number), next_due=due(number + 1), why=why(number)
        )
        found.append(_occurrence(stream, slot, prefix=prefix, course=course))
        number += 1
    return found


def _bounded(stream: Stream, schedule: Series, *, course: Course, what: str) -> list[Occurrence]:
    slots = _slots(course.last_on, what, schedule, stream.window, stream.ladders)
    prefix, number = f"{stream.id}/{course.number}.", course.number
    return [_occurrence(stream, slot, prefix=prefix, course=number) for slot in slots]


def _occurrence(stream: Stream, slot: _Slot, *, prefix: str, course: int) -> Occurrence:
    return Occurrence(
        stream=stream, key=f"{prefix}{slot.number}", number=slot.number, computed_due=slot.due_on,
        due_on=slot.due_on, opens_on=slot.opens_on, closes_on=slot.closes_on, overdue_on=slot.overdue_on,
        why=slot.why, rungs=slot.rungs, course=course,
    )  # fmt: skip


class _Slot(msgspec.Struct, frozen=True):
    """The dates of one place in a series, the same for every stream of that rhythm and window."""

    number: int
    due_on: dt.date
    opens_on: dt.date
    closes_on: dt.date | None
    overdue_on: dt.date | None
    rungs: Rungs
    why: str


@lru_cache(maxsize=512)
def _slots(anchor: dt.date, what: str, schedule: Series, window: Window, ladders: Ladders) -> tuple[_Slot, ...]:
    """The places of a bounded series; the last closes as if one more existed. Four monthly streams share one answer."""
    numbers = range(schedule.first, (schedule.count or 0) + 1)
    dues = [schedule.due(anchor, number) for number in (*numbers, numbers.stop)]
    months = schedule.every.months
    return tuple(
        _slot(
            window,
            ladders,
            number=number,
            due=due,
            next_due=next_due,
            why=f"month {(number - schedule.from_anchor) * months} after the {what} ({anchor})",
        )
        for number, (due, next_due) in zip(numbers, pairwise(dues), strict=True)
    )


def _slot(window: Window, ladders: Ladders, *, number: int, due: dt.date, next_due: dt.date, why: str) -> _Slot:
    closes_on = window.closes_on(due, next_opens_on=window.opens_on(next_due))
    return _Slot(number, due, window.opens_on(due), closes_on, window.overdue_on(due), ladders.at(number), why)
