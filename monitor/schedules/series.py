"""Regular series in calendar months, always counted from their anchor (primitives P3, P11, P24)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from itertools import pairwise

import msgspec

from monitor.schedules.course_doses import Course
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import Ladders, Rungs, Series, Stream, Window


def first_dose_series(
    stream: Stream, schedule: Series, *, anchor: dt.date, on: dt.date, horizon: dt.date, why: str
) -> list[Occurrence]:
    """An unbounded series: up to `horizon`, and on to the first occurrence that nothing known can have credited."""
    found: list[Occurrence] = []
    number = 0
    while not found or found[-1].due_on <= horizon or found[-1].opens_on <= on:
        number += 1
        due = schedule.every.after(anchor, times=number)
        next_due = schedule.every.after(anchor, times=number + 1)
        why_then = f"month {number * schedule.every.months} after {why} ({anchor})"
        slot = _slot(stream.window, stream.ladders, number=number, due=due, next_due=next_due, why=why_then)
        found.append(
            Occurrence(
                stream=stream,
                key=f"{stream.id}/{number}",
                number=number,
                computed_due=due,
                due_on=due,
                opens_on=slot.opens_on,
                closes_on=slot.closes_on,
                overdue_on=slot.overdue_on,
                why=why_then,
                rungs=slot.rungs,
            )
        )
    return found


def course_series(stream: Stream, schedule: Series, *, course: Course, newer: Course | None) -> list[Occurrence]:
    """The bounded series of one course.

    A newer course that has begun on day F re-anchors it (clinical 2.7): occurrences due after F are cancelled; those
    due by F close at the latest when the newer series opens.
    """
    what = "last infusion" if course.has_infusion else "planned last infusion"
    slots = _slots(course.last_on, what, schedule, stream.window, stream.ladders)
    prefix = f"{stream.id}/{course.number}."
    found = [
        Occurrence(
            stream=stream, key=f"{prefix}{slot.number}", number=slot.number, computed_due=slot.due_on,
            due_on=slot.due_on, opens_on=slot.opens_on, closes_on=slot.closes_on, overdue_on=slot.overdue_on,
            why=slot.why, rungs=slot.rungs, course=course.number,
        )
        for slot in slots
    ]  # fmt: skip
    if newer is not None and course.superseded_on is not None:
        newer_opens = stream.window.opens_on(schedule.every.after(newer.last_on))
        for made in found:
            if made.computed_due > course.superseded_on:
                made.superseded_on = course.superseded_on
            elif made.closes_on is not None:
                made.closes_on = min(made.closes_on, newer_opens)
    return found


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
    every = schedule.every
    dues = [every.after(anchor, times=number) for number in range(1, (schedule.count or 0) + 2)]
    return tuple(
        _slot(
            window,
            ladders,
            number=number,
            due=due,
            next_due=next_due,
            why=f"month {number * every.months} after the {what} ({anchor})",
        )
        for number, (due, next_due) in enumerate(pairwise(dues), start=1)
    )


def _slot(window: Window, ladders: Ladders, *, number: int, due: dt.date, next_due: dt.date, why: str) -> _Slot:
    closes_on = window.closes_on(due, next_opens_on=window.opens_on(next_due))
    return _Slot(number, due, window.opens_on(due), closes_on, window.overdue_on(due), ladders.at(number), why)
