"""Which days a laboratory or a ward is open; only the suggested date of an item ever asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

_DAY = dt.timedelta(days=1)


class WorkingDays:
    """Monday to Friday but for national public holidays, which `holidays_of(year)` names."""

    def __init__(self, holidays_of: Callable[[int], frozenset[dt.date]]) -> None:
        self._holidays_of = holidays_of
        self._on_or_after: dict[dt.date, dt.date] = {}  # a few thousand days at most, asked again for every patient

    def is_public_holiday(self, day: dt.date) -> bool:
        """Whether `day` is a national public holiday."""
        return day in self._holidays_of(day.year)

    def is_working_day(self, day: dt.date) -> bool:
        """Whether `day` is one from Monday to Friday that is no public holiday."""
        return day.weekday() < 5 and not self.is_public_holiday(day)

    def on_or_after(self, day: dt.date) -> dt.date:
        """The first working day from `day` on."""
        found = self._on_or_after.get(day)
        if found is None:
            found = day
            while not self.is_working_day(found):
                found += _DAY
            self._on_or_after[day] = found
        return found

    def monday_on_or_after(self, day: dt.date) -> dt.date:
        """The first Monday from `day` on that is no public holiday: courses of infusions begin on a Monday."""
        found = day + dt.timedelta(days=-day.weekday() % 7)
        while self.is_public_holiday(found):
            found += 7 * _DAY
        return found
