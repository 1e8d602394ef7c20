"""When a stream is late enough that somebody must be told: the rungs, and the next day they change anything."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter

import msgspec

from monitor.schedules.calendar import Alert, Kind, State
from monitor.schedules.letters import AskedLetter, asked_letters
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import Rungs
from monitor.schedules.rungs import AT_WORST, reached, rung_days
from monitor.schedules.topics import OVERDUE
from monitor.terms import Audience, Level

_LONGEST_MOVE = dt.timedelta(days=14)  # a moved dose delays its rungs by two weeks at most (contract, `moved`)


class Ladder(msgspec.Struct, frozen=True):
    """The alert of one stream, if it has one, and the first later day on which time alone changes it.

    `letters`: what is asked to be posted about it by now.
    """

    alert: Alert | None
    changes_on: dt.date | None
    letters: tuple[AskedLetter, ...] = ()


_NOT_LATE = (State.CANCELLED, State.WAIVED)
NO_LADDER = Ladder(None, None)


def ladder(occurrences: list[Occurrence], *, on: dt.date, settled_after: dt.date | None) -> Ladder:
    """The alert of one stream on `on`, counted from the oldest uncredited due date since its last credit.

    `settled_after`: the last day of a sample that settles every occurrence due before it, where the stream has such.
    """
    uncredited = _since_last_credit(occurrences, on=on, settled_after=settled_after)
    if not uncredited:
        return NO_LADDER
    oldest = uncredited[0]
    since = _rung_base(oldest)
    rungs = oldest.rungs
    missed = sum(occurrence.state is State.MISSED for occurrence in uncredited)
    now = _reached(rungs, days=(on - since).days, missed=missed)
    later = _later_days(rungs, since, uncredited, on=on)
    changes_on = min(later) if later else None
    if now is None:
        return Ladder(None, changes_on)
    audience, level = now
    alert = Alert(
        topic=f"{OVERDUE}{oldest.stream.id}",
        audience=audience,
        level=level,
        since=since + dt.timedelta(days=min(*rung_days(rungs), (on - since).days)),
        because=_because(oldest, missed=missed),
        source=oldest.stream.window_source,
    )
    letters = asked_letters(rungs.letters, stream=oldest.stream.id, key=oldest.key, due_on=since, on=on)
    return Ladder(alert, changes_on, letters)


def _since_last_credit(
    occurrences: list[Occurrence], *, on: dt.date, settled_after: dt.date | None
) -> list[Occurrence]:
    """What counts for lateness, in order of due date, from the last credit on, as far as the first in the future.

    A dose takes its place by the day it was given: one that came before its date is no credit of what was due after it.
    """
    counting = [o for o in occurrences if not o.is_baseline]
    counting.sort(
        key=_place_of_dose if counting and counting[0].stream.kind is Kind.DOSE else attrgetter("computed_due")
    )
    start = 0
    for place, occurrence in enumerate(counting):
        is_credit = occurrence.done_on is not None or (occurrence.is_waived and occurrence.opens_on <= on)
        if is_credit:
            start = place + 1
    found = []
    for occurrence in counting[start:]:
        is_waiting = occurrence.waits_for is not None or (occurrence.dose is not None and occurrence.dose.is_held)
        is_over = occurrence.state in _NOT_LATE or occurrence.cancelled_on is not None
        is_settled = settled_after is not None and occurrence.computed_due < settled_after
        if not (is_waiting or is_over or is_settled):
            found.append(occurrence)
            if occurrence.computed_due > on:
                break
    return found


def _place_of_dose(occurrence: Occurrence) -> dt.date:
    return min(occurrence.done_on or occurrence.computed_due, occurrence.computed_due)


def _rung_base(occurrence: Occurrence) -> dt.date:
    dose = occurrence.dose
    if dose is None or occurrence.key != dose.key:
        return occurrence.computed_due
    return min(occurrence.due_on, occurrence.computed_due + _LONGEST_MOVE)


def _reached(rungs: Rungs, *, days: int, missed: int) -> tuple[Audience, Level] | None:
    """The highest rung reached after so many days and so many missed occurrences in a row."""
    if rungs.critical_missed is not None and missed >= rungs.critical_missed:
        return AT_WORST
    return reached(rungs, days=days)


def _later_days(rungs: Rungs, since: dt.date, uncredited: list[Occurrence], *, on: dt.date) -> list[dt.date]:
    steps = [*rung_days(rungs), *(letter.after for letter in rungs.letters)]
    days = [since + dt.timedelta(days=step) for step in steps]
    if rungs.critical_missed is not None:
        days += [o.closes_on for o in uncredited[: rungs.critical_missed] if o.closes_on is not None]
    return [day for day in days if day > on]


def _because(oldest: Occurrence, *, missed: int) -> str:
    text = f"{oldest.key} was due on {oldest.computed_due}: {oldest.why}"
    if missed:
        text += f"; {missed} missed since the last credit"
    return f"{text}; cleared by the next credited {oldest.stream.title}, a waiver, or the end of the duty"
