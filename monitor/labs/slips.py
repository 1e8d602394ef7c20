"""Whether a number that was typed looks like that of another unit: then whoever typed it is asked."""

from __future__ import annotations

from decimal import Decimal

from monitor.labs.analyte import Analyte
from monitor.labs.quantities import Quantity
from monitor.labs.units import one_spelling


def looks_like(analyte: Analyte, quantity: Quantity, *, unit: str | None) -> str | None:
    """The unit that the number looks like, None for none; asked of what was typed in the canonical unit alone.

    `quantity` as it was read, `unit` as it was typed. Source: the slips of the dictionary [policy].
    """
    number = quantity.value
    if not analyte.slips or not isinstance(number, Decimal) or unit is None:
        return None
    if analyte.factors.get(one_spelling(unit)) != 1:
        return None
    return next((slip.unit for slip in analyte.slips if slip.low <= number <= slip.high), None)
