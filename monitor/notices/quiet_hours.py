"""Open this to change when a text may go out: the hours and days of the patient's zone, one a day, four a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from zoneinfo import ZoneInfo

import msgspec

_DAY = dt.timedelta(days=1)
_MONDAY_TO_SATURDAY = frozenset(range(6))
_SATURDAY = 5
FURTHEST_SHIFT = 60  # days: nobody sends nothing for two months, and a wrong list must not hang a worker


class NoSendingDay(Exception):
    """The window and the holidays leave no day to send on: the configuration is wrong."""


class SendWindow(msgspec.Struct, frozen=True):
    """From `opens` (included) to `closes` (excluded) on the given weekdays, Monday being 0. [policy].

    `closes` at 00:00 is the end of the day. Where holidays are not kept, only the weekday counts.
    """

    opens: dt.time = dt.time(9)
    closes: dt.time = dt.time(19)
    weekdays: frozenset[int] = _MONDAY_TO_SATURDAY
    keeps_holidays: bool = True


ANY_TIME = SendWindow(opens=dt.time(0), closes=dt.time(0), weekdays=frozenset(range(7)), keeps_holidays=False)


class SendingDays(msgspec.Struct, frozen=True):
    """The send window together with the public holidays of one country."""

    is_holiday: Callable[[dt.date], bool]
    window: SendWindow = SendWindow()

    def is_open_on(self, day: dt.date) -> bool:
        """True if reminders go out on that day at all."""
        window = self.window
        return day.weekday() in window.weekdays and not (window.keeps_holidays and self.is_holiday(day))

    def is_working_day(self, day: dt.date) -> bool:
        """Monday to Friday and no public holiday, as clinics count."""
        return day.weekday() < _SATURDAY and not self.is_holiday(day)

    def from_day(self, day: dt.date) -> dt.date:
        """The first sending day on or after `day`."""
        return _first(day, _DAY, self.is_open_on)

    def back_from(self, day: dt.date) -> dt.date:
        """The last sending day on or before `day` that is also a working day: Friday, not Saturday, for a Sunday."""
        return _first(day, -_DAY, lambda candidate: self.is_open_on(candidate) and self.is_working_day(candidate))

    def last_open(self, day: dt.date) -> dt.date:
        """The last sending day on or before `day`."""
        return _first(day, -_DAY, self.is_open_on)


def local_instant(day: dt.date, at: dt.time, *, zone: ZoneInfo) -> dt.datetime:
    """The UTC moment of a wall-clock time.

    A time that the clocks skip moves forward by the gap (02:30 becomes 03:30); of a time that comes twice, the first.
    """
    return dt.datetime.combine(day, at, tzinfo=zone).replace(fold=0).astimezone(dt.UTC)


def opening(day: dt.date, *, zone: ZoneInfo, window: SendWindow) -> tuple[dt.datetime, dt.datetime]:
    """When the window of that local day opens and closes, in UTC."""
    closes_on = day + _DAY if window.closes == dt.time(0) else day
    return local_instant(day, window.opens, zone=zone), local_instant(closes_on, window.closes, zone=zone)


def next_opening(at: dt.datetime, *, zone: ZoneInfo, days: SendingDays) -> dt.datetime:
    """The first moment on or after `at` (aware) at which a text may leave: `at` itself while the window is open."""
    day = at.astimezone(zone).date()
    for _ in range(FURTHEST_SHIFT):
        day = days.from_day(day)
        opens_at, closes_at = opening(day, zone=zone, window=days.window)
        if at < closes_at:
            return max(at.astimezone(dt.UTC), opens_at)
        day += _DAY
    raise NoSendingDay


def has_message_on(day: dt.date, *, message_days: Collection[dt.date]) -> bool:
    """True if that local day already has its one message."""
    return day in message_days


def is_week_full(day: dt.date, *, message_days: Collection[dt.date], per_week: int = 4) -> bool:
    """True if a message on that day would be one too many for some seven days in a row. [policy]."""
    around = sorted({other for other in message_days if abs((other - day).days) < 7} | {day})
    return any(
        sum(1 for other in around if 0 <= (other - first).days < 7) > per_week for first in around if first <= day
    )


def first_free_day(day: dt.date, *, days: SendingDays, message_days: Collection[dt.date], per_week: int = 4) -> dt.date:
    """The first sending day on or after `day` that breaks neither one a day nor `per_week` in seven days."""

    def is_free(candidate: dt.date) -> bool:
        return (
            days.is_open_on(candidate)
            and not has_message_on(candidate, message_days=message_days)
            and not is_week_full(candidate, message_days=message_days, per_week=per_week)
        )

    return _first(day, _DAY, is_free)


def _first(day: dt.date, step: dt.timedelta, fits: Callable[[dt.date], bool]) -> dt.date:
    for _ in range(FURTHEST_SHIFT):
        if fits(day):
            return day
        day += step
    raise NoSendingDay
