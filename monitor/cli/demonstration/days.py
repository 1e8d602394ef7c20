"""Days that suit a story: working days around today, and series of doses that end where the story wants them."""

from __future__ import annotations

import datetime as dt

from monitor.schedules.spans import add_months
from monitor.schedules.working_days import WorkingDays

_DAY = dt.timedelta(days=1)
_LOADING, _MAINTENANCE = dt.timedelta(days=14), dt.timedelta(days=28)
_LOADING_DOSES = 3


def ago(today: dt.date, days: int) -> dt.date:
    return today - days * _DAY


def last_working_day(day: dt.date, working_days: WorkingDays) -> dt.date:
    """The last working day on or before `day`."""
    while not working_days.is_working_day(day):
        day -= _DAY
    return day


def doses_until(due_on: dt.date, *, count: int, working_days: WorkingDays) -> tuple[dt.date, ...]:
    """`count` doses on working days after which the next one is due on `due_on`, or as near to it as can be.

    Each is given on the first working day from its due date on, so a holiday delays what follows.
    """
    span = _LOADING * min(count, _LOADING_DOSES - 1) + _MAINTENANCE * max(count - _LOADING_DOSES + 1, 0)
    starts = [due_on - span - shift * _DAY for shift in range(-2, 12)]
    series = [_doses_from(working_days.on_or_after(start), count, working_days) for start in starts]
    return min(series, key=lambda dates: abs((next_due(dates) - due_on).days))


def next_due(doses: tuple[dt.date, ...]) -> dt.date:
    """When the dose after these is due."""
    return doses[-1] + _interval(len(doses))


def course_until(last_on: dt.date, *, days: int) -> tuple[dt.date, ...]:
    """The infusions of a course whose last one is on `last_on`."""
    return tuple(last_on - place * _DAY for place in reversed(range(days)))


def anchor_of(due_on: dt.date, *, months: int) -> dt.date:
    """The day of which `due_on` is so many months later, if there is one: check with `add_months`."""
    return add_months(due_on, -months)


def _doses_from(first: dt.date, count: int, working_days: WorkingDays) -> tuple[dt.date, ...]:
    doses = [first]
    while len(doses) < count:
        doses.append(working_days.on_or_after(doses[-1] + _interval(len(doses))))
    return tuple(doses)


def _interval(given: int) -> dt.timedelta:
    """After how long the next dose is due when so many were given."""
    return _LOADING if given < _LOADING_DOSES else _MAINTENANCE
