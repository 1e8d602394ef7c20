"""Days and moments as one says them, seen from the day of the question."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_A_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """`at` is the moment of the question, `timezone` that of the wall on which its days hang."""

    at: dt.datetime
    timezone: str

    @property
    def today(self) -> dt.date:
        return self._local(self.at).date()

    def day(self, day: dt.date) -> str:
        """`Tue 24 Nov`, with the year where it is another one."""
        year = "" if day.year == self.today.year else f" {day.year}"
        return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{year}"

    def born(self, day: dt.date) -> str:
        """`born 2 Apr 1990`: beside a name, the second thing by which somebody is known (H52)."""
        return f"born {day.day} {_MONTHS[day.month - 1]} {day.year}"

    def long(self, day: dt.date) -> str:
        return f"{_LONG_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"

    def distance(self, day: dt.date) -> str:
        """`today`, `in 5 days`, `3 weeks ago`."""
        days = (day - self.today).days
        if days in _NEAR:
            return _NEAR[days]
        amount = abs(days)
        size, word = (amount, "day") if amount < 21 else (amount // 7, "week")
        if amount >= 120:
            size, word = amount * 12 // 365, "month"
        said = f"{size} {word}{'' if size == 1 else 's'}"
        return f"in {said}" if days > 0 else f"{said} ago"

    def moment(self, moment: dt.datetime) -> str:
        """`today, 09:05` or `Tue 24 Nov, 09:05`."""
        local = self._local(moment)
        days = (local.date() - self.today).days
        return f"{_NEAR.get(days, self.day(local.date()))}, {local:%H:%M}"

    def deadline(self, moment: dt.datetime) -> str:
        """`today, 11:05`, or `the end of today` where it is midnight."""
        local = self._local(moment)
        if local.time() != dt.time(0):
            return self.moment(moment)
        last = local.date() - dt.timedelta(days=1)
        return f"the end of {_NEAR.get((last - self.today).days, self.day(last))}"

    def read(self, text: str) -> str:
        """The text with its dates as they are said: `2026-11-24` becomes `Tue 24 Nov`."""
        return _A_DATE.sub(lambda found: self.day(dt.date.fromisoformat(found[0])), text)

    def is_new(self, moment: dt.datetime | None, *, within: dt.timedelta) -> bool:
        """Whether that was a short while ago."""
        return moment is not None and self.at - moment <= within

    def _local(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(ZoneInfo(self.timezone))
