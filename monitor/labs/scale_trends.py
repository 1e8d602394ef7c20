"""How a scale went: the scores of one person with their slope per month, in the shape of a trend of values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter
from typing import Literal

import msgspec

from monitor.labs.analyte import Scale
from monitor.labs.baselines import baseline_of
from monitor.labs.ranges import Range
from monitor.labs.rounding import rounded
from monitor.labs.trends import DoseMark, Trend, TrendPoint, first_of, percent_of
from monitor.spans import DAYS_IN_A_MONTH

_HUNDREDTH = Decimal("0.01")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Score(msgspec.Struct, frozen=True):
    """What a scale came to on a day; `ref` names the row it comes from."""

    on: dt.date
    value: Decimal
    is_corrected: bool = False
    is_confirmed: bool = False
    ref: str | None = None


def number_of(text: str) -> Decimal | None:
    """The number of an assessment as it was typed; None for words and for anything a number might be mistaken for."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def slope_per_month(first: Score | None, last: Score | None) -> Decimal | None:
    """The change from one score to another, divided by the months between them, rounded to a hundredth.

    None where either is missing, or no day lies between them. Raises nothing; the length of a month is policy.
    """
    if first is None or last is None or first.on >= last.on:
        return None
    months = Decimal((last.on - first.on).days) / DAYS_IN_A_MONTH
    return rounded((last.value - first.value) / months, _HUNDREDTH)


def scale_trend(
    scale: Scale,
    scores: Iterable[Score],
    *,
    on: dt.date,
    since: dt.date | None = None,
    doses: Iterable[DoseMark] = (),
) -> Trend:
    """What is known of one scale up to `on`, from `since` or else from the first score or dose.

    The baseline is the last score up to the day of the first dose, else the first one ever; the slope of the whole goes
    from it to the latest score. A score outside the limits of the scale counts where somebody confirmed it. Raises
    nothing.
    """
    known = sorted((one for one in scores if one.on <= on), key=lambda one: (one.on, one.value))
    given = sorted((dose for dose in doses if dose.on <= on), key=lambda dose: dose.on)
    usable = [one for one in known if _is_usable(scale, one)]
    baseline = baseline_of(usable, attrgetter("on"), first_dose_on=given[0].on) if given else None
    from_on = first_of(since, known, given, on=on)
    points = tuple(_point(scale, one, usable, baseline) for one in known if one.on >= from_on)
    return Trend(
        analyte=scale.id, code=scale.code, name_en=scale.name_en, name_fr=scale.name_fr, unit=scale.unit, steps=(),
        from_on=from_on, until_on=on,
        baseline=None if baseline is None else baseline.value, shows_baseline=baseline is not None,
        points=points, limits=(), lines=(),
        doses=tuple(dose for dose in given if dose.on >= from_on), failures=(),
        slope_per_month=slope_per_month(baseline, usable[-1] if usable else None),
        lowest=None if scale.limits is None else scale.limits.low,
    )  # fmt: skip


def _is_usable(scale: Scale, score: Score) -> bool:
    limits = scale.limits
    return score.is_confirmed or limits is None or limits.low <= score.value <= limits.high


def _point(scale: Scale, score: Score, usable: list[Score], baseline: Score | None) -> TrendPoint:
    before = next((one for one in reversed(usable) if one.on < score.on), None)
    change = None if before is None else score.value - before.value
    direction: Literal["fall", "rise"] | None = None
    if change:
        direction = "fall" if change < 0 else "rise"
    return TrendPoint(
        on=score.on, value=score.value, step=None, comparator=None,
        range=Range.UNKNOWN, lower=None, upper=None, uses_usual_range=False,
        is_preliminary=False, is_corrected=score.is_corrected, is_implausible=not _is_usable(scale, score),
        change_percent=None if before is None else percent_of(score.value, before.value), direction=direction,
        baseline_percent=None if baseline is None else percent_of(score.value, baseline.value),
        level=None, rules=(), ref=score.ref,
        slope_per_month=slope_per_month(before, score),
    )  # fmt: skip
