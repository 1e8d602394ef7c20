"""Days that suit a story: working days around today, and doses that end where the story wants them."""

from __future__ import annotations

import datetime as dt
from random import Random

from monitor.schedules.working_days import WorkingDays

DAY = dt.timedelta(days=1)
LOADING_DOSES = 3
_LOADING, _MAINTENANCE = 14, 28
_PUNCTUALITY = (0, 0, 0, 0, 0, 1, 2, 7)


def ago(today: dt.date, days: int) -> dt.date:
    return today - days * DAY


def last_working_day(day: dt.date, working_days: WorkingDays) -> dt.date:
    """The last working day on or before `day`."""
    while not working_days.is_working_day(day):
        day -= DAY
    return day


def interval(given: int) -> int:
    """After how many days the next dose of tofersen is due when so many were given."""
    return _LOADING if given < LOADING_DOSES else _MAINTENANCE


def doses_until(due_on: dt.date, *, count: int, working_days: WorkingDays, dice: Random) -> tuple[dt.date, ...]:
    """`count` doses of tofersen after which the next one is due on `due_on`.

    Counted back from there, each on a working day but for the last, which is where the story needs it; some came a
    little late.
    """
    doses = [ago(due_on, interval(count))]
    for given in range(count - 1, 0, -1):
        doses.append(last_working_day(ago(doses[-1], interval(given) + dice.choice(_PUNCTUALITY)), working_days))
    return tuple(reversed(doses))


def next_due(doses: tuple[dt.date, ...]) -> dt.date:
    """When the dose after these is due."""
    return doses[-1] + interval(len(doses)) * DAY


def suits(day: dt.date, *, count: int, working_days: WorkingDays) -> bool:
    """Whether the dose before one that is due on `day` would have been given on a working day."""
    return working_days.is_working_day(ago(day, interval(count)))


def due_between(first: dt.date, last: dt.date, *, count: int, working_days: WorkingDays, dice: Random) -> dt.date:
    """A due date in that period, after a dose on a working day if there is one."""
    days = [first + place * DAY for place in range((last - first).days + 1)]
    return dice.choice([day for day in days if suits(day, count=count, working_days=working_days)] or days)


def course_until(last_on: dt.date, *, days: int) -> tuple[dt.date, ...]:
    """The infusions of a course whose last one is on `last_on`."""
    return tuple(last_on - place * DAY for place in reversed(range(days)))
