"""Whether a number looks like that of another unit: then a person who typed it is asked, and a machine is doubted."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from msgspec import structs

from monitor.labs.analyte import Analyte
from monitor.labs.quantities import Quantity
from monitor.labs.units import one_spelling
from monitor.labs.values import Value


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


def doubted(value: Value, analyte: Analyte, *, unit: str | None) -> Value:
    """The value of a row, held for implausible where it looks like another unit and nobody has confirmed it (H01, H16).

    A laboratory system cannot be asked. So its number satisfies nothing and ends nothing until a person corrects or
    confirms it, and calls somebody. Raises nothing.
    """
    quantity = value.quantity
    if quantity.is_confirmed or looks_like(analyte, quantity, unit=unit) is None:
        return value
    return structs.replace(value, quantity=dataclasses.replace(quantity, is_plausible=False))
