"""Where a value lies: in the laboratory's own range, or in the usual one where the laboratory printed none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from monitor.labs.analyte import Analyte, Interval, Ordinal
from monitor.labs.points import Point

_SEXES = ("female", "male")
_FAR = 5


class Range(StrEnum):
    """A value that equals a limit is normal."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reference:
    """The limits of a value, canonical, both included; `is_fallback`: not those of its laboratory."""

    low: Decimal | None
    high: Decimal | None
    is_fallback: bool


def reference(
    analyte: Analyte, *, lower: Decimal | None, upper: Decimal | None, sex: str | None, age: int | None
) -> Reference:
    """The laboratory's own limits; for a side that it did not print, the usual ones of adults of that sex and age.

    All canonical, `age` in years. Where the sex is unknown or `other`, the strictest of both; where the age is unknown,
    those of the younger. It is a fallback where the upper limit is not the laboratory's or, for what has none, the
    lower one. Raises nothing. Source: the intervals of the dictionary, typical of adults.
    """
    usual = _usual(analyte, sex, age)
    if lower is None and upper is None:
        return usual
    low = usual.low if lower is None else lower
    high = usual.high if upper is None else upper
    if low is not None and high is not None and low > high and (lower is None or upper is None):
        low, high = lower, upper  # another method: the usual side would call every value of this laboratory abnormal
    return Reference(low, high, is_fallback=upper is None and high is not None)


def is_far_from_usual(analyte: Analyte, limit: Decimal, *, side: Literal["low", "high"]) -> bool:
    """Whether a printed limit is so far from every usual one that it may be a slip: more than five times [policy].

    Canonical. Methods differ, but not by that much; a limit with a digit too many silences every multiple of it.
    """
    usual = [number for one in analyte.intervals if (number := getattr(one, side)) is not None and number > 0]
    return bool(usual) and not min(usual) / _FAR <= limit <= max(usual) * _FAR


def range_of(point: Point | None, limits: Reference) -> Range:
    """Where the point lies; unknown where there is none, as for a step, and where there are no limits."""
    if point is None or (limits.low is None and limits.high is None):
        return Range.UNKNOWN
    if limits.low is not None and point.is_below(limits.low):
        return Range.LOW
    if limits.high is not None and point.is_above(limits.high):
        return Range.HIGH
    return Range.NORMAL


def range_of_step(analyte: Analyte, step: Ordinal) -> Range:
    """Normal up to the step that is usual, above it high; unknown for a test of which no step is."""
    if analyte.normal_up_to is None:
        return Range.UNKNOWN
    return Range.HIGH if step > analyte.normal_up_to else Range.NORMAL


def times_uln(analyte: Analyte, point: Point | None, limits: Reference) -> Decimal | None:
    """The value as a multiple of its upper limit, unrounded; None for analytes of which nobody speaks so."""
    if not analyte.shows_times_uln or point is None or not limits.high:
        return None
    return point.number / limits.high


@lru_cache(maxsize=4096)
def _usual(analyte: Analyte, sex: str | None, age: int | None) -> Reference:
    found = [_interval(analyte, one, age or 0) for one in ((sex,) if sex in _SEXES else _SEXES)]
    fitting = [one for one in found if one is not None]
    return Reference(
        low=max((one.low for one in fitting if one.low is not None), default=None),
        high=min((one.high for one in fitting if one.high is not None), default=None),
        is_fallback=bool(fitting),
    )


def _interval(analyte: Analyte, sex: str | None, age: int) -> Interval | None:
    """The one for that sex and the highest age that is reached."""
    fitting = (one for one in analyte.intervals if one.sex in (None, sex) and one.from_age <= age)
    return max(fitting, key=lambda one: one.from_age, default=None)
