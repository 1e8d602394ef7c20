"""The grade of a value in CTCAE version 5 (for eGFR, the stage of kidney disease), as far as its number decides it."""

from __future__ import annotations

from decimal import Decimal

from monitor.labs.analyte import Analyte, GradeRule, Ordinal
from monitor.labs.points import Point, point_of
from monitor.labs.quantities import Quantity
from monitor.labs.ranges import Reference
from monitor.labs.thresholds import Bounds

_ONE = Decimal(1)


def ctcae_grade(
    analyte: Analyte, quantity: Quantity, limits: Reference, *, baseline: Decimal | None = None
) -> int | None:
    """0 where no grade is reached, None where the analyte is not graded or the limit it is graded by is not known.

    The gravest grade that is met counts; grades that ask for symptoms or treatment are left to people. Where a value is
    only bounded, that of the place just beyond its bound. Source: CTCAE v5.0.
    """
    if not analyte.grades:
        return None
    if isinstance(quantity.value, Ordinal):
        return next((rule.grade for rule in analyte.grades if rule.step is not None and quantity.value >= rule.step), 0)
    point = point_of(quantity)
    if point is None:
        return None
    is_known = False
    for rule in analyte.grades:
        asked = _asked(rule, limits, baseline)
        if asked is None:
            continue
        is_known = is_known or rule.baseline is None
        if _is_met(point, *asked):
            return rule.grade
    return 0 if is_known and _has_limits(analyte, limits) else None


def _asked(rule: GradeRule, limits: Reference, baseline: Decimal | None) -> tuple[Bounds, Decimal] | None:
    """The bound of a rule, and what it is a multiple of; None where that is not known."""
    for bounds, times in (
        (rule.bounds, _ONE),
        (rule.uln, limits.high),
        (rule.lln, limits.low),
        (rule.baseline, baseline),
    ):
        if bounds is not None:
            return None if times is None else (bounds, times)
    return None


def _has_limits(analyte: Analyte, limits: Reference) -> bool:
    """Whether every limit that some grade is counted from is known: else nobody can say that none is reached."""
    needs_high = any(rule.uln is not None for rule in analyte.grades)
    needs_low = any(rule.lln is not None for rule in analyte.grades)
    return not (needs_high and limits.high is None) and not (needs_low and limits.low is None)


def _is_met(point: Point, bounds: Bounds, times: Decimal) -> bool:
    if bounds.below is not None:
        return point.is_below(bounds.below * times)
    if bounds.above is not None:
        return point.is_above(bounds.above * times)
    return bounds.at_least is not None and not point.is_below(bounds.at_least * times)
