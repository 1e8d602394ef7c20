"""From a row of a laboratory sheet to a value that can be judged: in the canonical unit, and nothing rounded."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from monitor.labs.analyte import Analyte, Ordinal
from monitor.labs.quantities import Comparator, DecimalMark, Quantity, Unreadable, read
from monitor.labs.values import Value


def measure(
    analyte: Analyte,
    *,
    value: str,
    unit: str | None,
    collected_on: dt.date,
    lower: str | None = None,
    upper: str | None = None,
    decimal: DecimalMark = "point",
    is_confirmed: bool = False,
    is_final: bool = True,
    collected_at: dt.datetime | None = None,
    ref: str | None = None,
) -> Value | None:
    """The value of a row; None where it cannot be read. `lower` and `upper` are in the unit of the value.

    A limit that is no number is none: the range of the dictionary takes its place. Raises nothing.
    """
    quantity = read(analyte, value=value, unit=unit, is_confirmed=is_confirmed, decimal=decimal)
    if isinstance(quantity, Unreadable):
        return None
    return Value(
        analyte.id,
        quantity,
        collected_on,
        None if lower is None else limit_of(analyte, lower, unit, decimal),
        None if upper is None else limit_of(analyte, upper, unit, decimal),
        is_final,
        collected_at,
        ref,
    )


def least(quantity: Quantity) -> Decimal | None:
    """The least that it can be, canonical; None for a step, and for what lies below its number."""
    if isinstance(quantity.value, Ordinal) or quantity.comparator in (Comparator.BELOW, Comparator.AT_MOST):
        return None
    return quantity.value


@lru_cache(maxsize=4096)
def limit_of(analyte: Analyte, limit: str, unit: str | None, decimal: DecimalMark) -> Decimal | None:
    """A limit that the laboratory printed, in the canonical unit; None where it is no exact number."""
    found = read(analyte, value=limit, unit=unit, is_confirmed=True, decimal=decimal)
    if isinstance(found, Unreadable) or found.comparator is not None or isinstance(found.value, Ordinal):
        return None
    return found.value
