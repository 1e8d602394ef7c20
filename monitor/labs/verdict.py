"""The first two judgements of a value, which need no protocol: can it be true, and where does it lie?"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from monitor.labs.analyte import Analyte, Ordinal
from monitor.labs.conditions import reference_of
from monitor.labs.grades import ctcae_grade
from monitor.labs.points import point_of
from monitor.labs.ranges import Range, range_of, range_of_step, times_uln
from monitor.labs.rounding import rounded
from monitor.labs.subject import Subject
from monitor.labs.values import Value

_HUNDREDTH = Decimal("0.01")


class Verdict(msgspec.Struct, frozen=True):
    """`is_fallback`: the upper limit is the usual one, not the laboratory's. `times_uln` has two decimals."""

    is_plausible: bool
    range: Range
    is_fallback: bool
    times_uln: Decimal | None
    ctcae_grade: int | None


def verdict(analyte: Analyte, value: Value, subject: Subject) -> Verdict:
    """Plausible by the hard limits; low, normal or high by the limits of its laboratory, else the usual ones; graded.

    Of a test with steps no laboratory prints limits: the steps up to the usual one are normal, those above it high.
    Multiples are rounded half up, after everything was decided on the exact value. Raises nothing.
    """
    limits = reference_of(value, subject)
    step = value.quantity.value if isinstance(value.quantity.value, Ordinal) else None
    point = point_of(value.quantity)
    times = times_uln(analyte, point, limits)
    return Verdict(
        is_plausible=value.quantity.is_plausible,
        range=range_of(point, limits) if step is None else range_of_step(analyte, step),
        is_fallback=limits.is_fallback if step is None else analyte.normal_up_to is not None,
        times_uln=None if times is None else rounded(times, _HUNDREDTH),
        ctcae_grade=ctcae_grade(analyte, value.quantity, limits, baseline=subject.baselines.get(analyte.id)),
    )
