"""The first two judgements of a value, which need no protocol: can it be true, and where does it lie?"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from monitor.labs.analyte import Analyte
from monitor.labs.conditions import reference_of
from monitor.labs.grades import ctcae_grade
from monitor.labs.points import point_of
from monitor.labs.ranges import Range, range_of, times_uln
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

    Multiples are rounded half up, after everything was decided on the exact value. Raises nothing.
    """
    limits = reference_of(value, subject)
    point = point_of(value.quantity)
    times = times_uln(analyte, point, limits)
    return Verdict(
        is_plausible=value.quantity.is_plausible,
        range=range_of(point, limits),
        is_fallback=limits.is_fallback,
        times_uln=None if times is None else rounded(times, _HUNDREDTH),
        ctcae_grade=ctcae_grade(analyte, value.quantity, limits, baseline=subject.baselines.get(analyte.id)),
    )
