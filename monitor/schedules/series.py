"""Regular series in calendar months, always counted from their anchor (primitives P3, P11, P24)."""

from __future__ import annotations

import datetime as dt

from monitor.schedules.course_doses import Course
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import Series, Stream


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
        found.append(
            _occurrence(
                stream, key=f"{stream.id}/{number}", number=number, due=due, next_due=next_due,
                why=f"{number} times {schedule.every} after {why} ({anchor})",
            )  # fmt: skip
        )
    return found


def course_series(stream: Stream, schedule: Series, *, course: Course, newer: Course | None) -> list[Occurrence]:
    """The bounded series of one course. A newer course that has begun on day F re-anchors it (clinical 2.7):

    occurrences due after F are cancelled; those due by F close at the latest when the newer series opens.
    """
    anchor, opens = course.last_on, dt.timedelta(days=stream.window.opens)
    superseded_on = course.superseded_on if newer is not None else None
    newer_opens = schedule.every.after(newer.last_on) + opens if newer is not None else None
    dues = [schedule.every.after(anchor, times=number) for number in range(1, (schedule.count or 0) + 2)]
    found = []
    what = "last infusion" if course.has_infusion else "planned last infusion"
    for number, (due, next_due) in enumerate(zip(dues, dues[1:], strict=False), start=1):
        made = _occurrence(
            stream, key=f"{stream.id}/{course.number}.{number}", number=number, due=due, next_due=next_due,
            why=f"month {number * schedule.every.months} after the {what} ({anchor})",
        )  # fmt: skip
        made.course = course.number
        if not course.has_infusion:
            made.cancelled_on = course.doses[0].cancelled_on
        if superseded_on is not None and newer_opens is not None:
            if due > superseded_on:
                made.superseded_on = superseded_on
            elif made.closes_on is not None:
                made.closes_on = min(made.closes_on, newer_opens)
        found.append(made)
    return found


def _occurrence(stream: Stream, *, key: str, number: int, due: dt.date, next_due: dt.date, why: str) -> Occurrence:
    window = stream.window
    opens = dt.timedelta(days=window.opens)
    if window.closes == "next":
        closes_on: dt.date | None = next_due + opens
    else:
        closes_on = due + dt.timedelta(days=window.closes) if isinstance(window.closes, int) else None
    return Occurrence(
        stream, key=key, number=number, due=due, opens_on=due + opens, closes_on=closes_on,
        overdue_on=None if window.overdue is None else due + dt.timedelta(days=window.overdue),
        why=why, rungs=stream.rungs_of(number),
    )  # fmt: skip
