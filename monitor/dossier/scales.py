"""What a scale adds to its limits: the steps a score can take, and a weight that changes faster than bodies do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from monitor.dossier.alsfrs_r import SCALE as ALSFRS_R

EDSS = "edss"
WEIGHT = "weight"
STEEP_CHANGE = Decimal("0.10")
STEEP_WITHIN = dt.timedelta(days=30)


def fault_of_score(scale: str, value: Decimal) -> str | None:
    """Why this value is none of the scale, though within its limits; None where it is.

    Source: EDSS goes by halves and has no 0.5; the ALSFRS-R is a sum of whole numbers.
    """
    if scale == EDSS and (value * 2 % 1 != 0 or value == Decimal("0.5")):
        return "goes by halves, without 0.5"
    if scale == ALSFRS_R and value % 1 != 0:
        return "must be a whole number"
    return None


def is_steep_change(weight: Decimal, *, on: dt.date, others: Iterable[tuple[dt.date, Decimal]]) -> bool:
    """Whether a weight (kg) differs by more than a tenth from one of the thirty days before or after it.

    `others` are the standing weights of the patient, each with its day. Source: policy.
    """
    return any(abs(day - on) <= STEEP_WITHIN and abs(weight - other) > STEEP_CHANGE * other for day, other in others)
