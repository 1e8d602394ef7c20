"""The two axes of a chart: which numbers and which days have a mark, and where on the paper they lie."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, takewhile

from monitor.spans import add_months

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MONTH_STEPS = (1, 2, 3, 4, 6, 12, 24, 60, 120, 240, 600, 1200)
_DAY_STEPS = (1, 2, 7, 14)
_DAYS_IN_A_MONTH = 30.4
_SHORTEST_DAYS = 28  # of the axis: two values of one week are not shown as if months lay between them
_MONTHS_FOR_DAYS = 3  # up to so many months the marks are days
_FAR_FROM_ZERO = 0.5  # the lowest number as a part of the highest, from which the axis need not begin at zero
_LEAST_SPAN = 0.92  # where such an axis begins at the latest: small changes shall look small
_LONE = 4.0  # times the next highest: such a number would flatten all others
_LONE_SHARE = 20  # at most one in so many, at least one
_MOST = 1e15


@dataclass(frozen=True, slots=True)
class Axis:
    """From a number to its place on the paper, by a straight line; `low` and `high` are the ends of the axis."""

    low: float
    high: float
    start: float
    end: float

    def at(self, number: float) -> float:
        """The place of the number; what lies beyond an end stands at that end."""
        inside = min(max(number, self.low), self.high)
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)

    def holds(self, number: float) -> bool:
        """Whether the number lies on the axis."""
        return self.low <= number <= self.high


def ends_of(numbers: Sequence[float], *, also: Iterable[float] = (), marks: int = 5) -> tuple[float, float, float]:
    """Lowest and highest number of an axis for all of these, and the step between its marks.

    A lone number far above the others does not count: it is drawn at the end of the axis, with its number beside it.
    `also`: what should be on the axis too.
    """
    held = [*_without_the_lone(numbers), *also]
    low, high = min(held, default=0.0), max(held, default=1.0)
    if low >= 0 and (low < _FAR_FROM_ZERO * high or high == 0):
        low = 0.0
    elif low > 0:
        low = min(low, _LEAST_SPAN * high)
    if high <= low:
        low, high = (0.0, 1.0) if high == 0 else (low - abs(low) / 10, high + abs(high) / 10)
    step = _step((high - low) / marks)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step


def _step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * step for step in _STEPS if power * step >= rough * (1 - 1e-9))


def _without_the_lone(numbers: Sequence[float]) -> list[float]:
    held = sorted(min(number, _MOST) for number in numbers)
    for _ in range(max(1, len(held) // _LONE_SHARE)):
        if len(held) > 1 and held[-1] > _LONE * held[-2] > 0:
            held.pop()
    return held


def number_marks(low: float, high: float, step: float) -> list[float]:
    """The numbers that have a mark, both ends included."""
    return [low + place * step for place in range(round((high - low) / step) + 1)]


def wide_enough(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The period, made longer on both sides where it is so short that its days would lie far apart."""
    missing = _SHORTEST_DAYS - (last - first).days
    if missing <= 0:
        return first, last
    before = dt.timedelta(days=missing // 2)
    return first - before, last + dt.timedelta(days=missing) - before


def day_marks(first: dt.date, last: dt.date, *, most: int) -> tuple[list[dt.date], bool]:
    """The days that have a mark, about so many at most; and whether they are days, else firsts of months."""
    days = (last - first).days
    if days <= _MONTHS_FOR_DAYS * _DAYS_IN_A_MONTH:
        step = next((step for step in _DAY_STEPS if days / step < most), _DAY_STEPS[-1])
        return [first + dt.timedelta(days=step * place) for place in range(days // step + 1)], True
    marks: list[dt.date] = []
    for step in _MONTH_STEPS:
        fewer = [day for day in takewhile(lambda day: day <= last, _firsts(first, step)) if day >= first]
        if len(marks) > 1 and len(fewer) <= 1:  # one mark alone does not tell how long the axis is
            break
        marks = fewer
        if len(marks) <= most:
            break
    return marks, False


def _firsts(day: dt.date, step: int) -> Iterator[dt.date]:
    """The first of every so many months, from January of that year."""
    begin = dt.date(day.year, 1, 1)
    return (add_months(begin, step * place) for place in count())
