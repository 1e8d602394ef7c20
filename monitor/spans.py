"""Calendar arithmetic: lengths of time as labels write them, and the one rule for adding months."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from decimal import Decimal

DAYS_IN_A_MONTH = Decimal("30.4375")
"""On average, 365.25 / 12: for statistics over months, never for a due date [policy]."""

_WORDS = re.compile(r"(?P<amount>\d{1,4}) (?P<unit>day|week|month)s?")


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` calendar months later, clamped to the month's end.

    Always counted from the anchor, never from the previous occurrence: 31 January gives 28 February, then 31 March
    (clinical convention: month k after an anchor).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= 28:
        return dt.date(year, month + 1, day.day)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Span:
    """A length of time: calendar months, then days. Files write it in words, so it is no plain structure."""

    __slots__ = ("days", "months")

    def __init__(self, *, months: int = 0, days: int = 0) -> None:
        self.months = months
        self.days = days

    @classmethod
    def parse(cls, text: str) -> Span:
        """Reads `14 days`, `6 weeks` or `12 months`; raises ValueError on anything else."""
        match = _WORDS.fullmatch(text)
        if match is None:
            raise ValueError("not a length of time such as '28 days', '6 weeks' or '12 months'")
        amount = int(match["amount"])
        if match["unit"] == "month":
            return cls(months=amount)
        return cls(days=amount * (7 if match["unit"] == "week" else 1))

    def after(self, day: dt.date, *, times: int = 1) -> dt.date:
        """The day this span after `day`, `times` over, counted from `day` itself."""
        if self.months:
            day = add_months(day, self.months * times)
        return day + dt.timedelta(days=self.days * times) if self.days else day

    def before(self, day: dt.date) -> dt.date:
        """The day this span before `day`, clamped to the month's end where it counts months."""
        return add_months(day, -self.months) - dt.timedelta(days=self.days)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self.months, self.days) == (other.months, other.days)

    def __hash__(self) -> int:
        return hash((self.months, self.days))

    def __str__(self) -> str:
        parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in ((self.months, "month"), (self.days, "day")) if n]
        return " and ".join(parts) or "0 days"
