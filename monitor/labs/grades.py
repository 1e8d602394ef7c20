"""The grade of a value in CTCAE version 5 (no KDIGO stage of an eGFR), as far as its number decides it."""

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
    """0 where no grade is reached, None where the analyte is not graded or a limit it is graded by is not known.

    The gravest grade that is met counts; grades that ask for symptoms or treatment are left to people. Where a value is
    only bounded, that of the place just beyond its bound. `baseline` in the canonical unit. Source: CTCAE v5.0.
    """
    if not analyte.grades:
        return None
    if isinstance(quantity.value, Ordinal):
        return next((rule.grade for rule in analyte.grades if rule.step is not None and quantity.value >= rule.step), 0)
    point = point_of(quantity)
    if point is None:
        return None
    is_limit_unknown = False
    for rule in analyte.grades:
        is_met = _is_met(rule, point, limits, baseline)
        if is_met:
            return rule.grade
        is_limit_unknown = is_limit_unknown or (is_met is None and (rule.uln or rule.lln) is not None)
    return None if is_limit_unknown else 0


def _is_met(rule: GradeRule, point: Point, limits: Reference, baseline: Decimal | None) -> bool | None:
    """None where that which the bound is a multiple of is not known."""
    if rule.bounds is not None:
        return _is_within(point, rule.bounds)
    if rule.lln is not None:
        return None if limits.low is None else _is_within(point, rule.lln, limits.low)
    if rule.uln is not None:
        if limits.high is None:
            return None
        is_over = _is_within(point, rule.uln, limits.high)
        if rule.baseline is None or baseline is None or not is_over:
            return is_over
    return None if rule.baseline is None or baseline is None else _is_within(point, rule.baseline, baseline)


def _is_within(point: Point, bounds: Bounds, times: Decimal = _ONE) -> bool:
    if bounds.below is not None:
        return point.is_below(bounds.below * times)
    if bounds.above is not None:
        return point.is_above(bounds.above * times)
    return bounds.at_least is not None and not point.is_below(bounds.at_least * times)
