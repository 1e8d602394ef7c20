"""What a value on a laboratory sheet amounts to: an exact quantity in the canonical unit, or why it cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from monitor.labs.analyte import Analyte, Limits, Ordinal
from monitor.labs.units import one_spelling

DecimalMark = Literal["point", "comma"]

# [0-9], not \d: that one takes every script's digits. Without a sign, an exponent, or spaces inside or out.
_NUMBERS = {
    "point": re.compile(r"(<=|>=|<|>)?([0-9]+(?:\.[0-9]+)?)"),
    "comma": re.compile(r"(<=|>=|<|>)?([0-9]+(?:,[0-9]+)?)"),
}
_ONE = Decimal(1)
# The usual context rounds at 28 digits; this one has room for every digit there is, and would rather fail than round.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
_LONGEST_REMEMBERED = 64  # a longer text is read all the same, only not kept in memory


class Comparator(StrEnum):
    """The value lies beyond the number: the instrument could not measure further."""

    BELOW = "<"
    AT_MOST = "<="
    AT_LEAST = ">="
    ABOVE = ">"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value that was understood, in the canonical unit (None for a step); nothing of it was rounded."""

    value: Decimal | Ordinal
    comparator: Comparator | None
    unit: str | None
    is_plausible: bool
    is_confirmed: bool

    @property
    def is_usable(self) -> bool:
        """It may satisfy a duty: it can be true, or somebody checked that it is."""
        return self.is_plausible or self.is_confirmed

    @property
    def text(self) -> str:
        """The canonical value as a plain decimal string, or the name of the step; without the comparator."""
        return self.value.name if isinstance(self.value, Ordinal) else format(self.value, "f")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that was not understood: which field is to blame and why, never what stood there."""

    field: Literal["value", "unit"]
    reason: str


def read(
    analyte: Analyte, *, value: str, unit: str | None, is_confirmed: bool = False, decimal: DecimalMark = "point"
) -> Quantity | Unreadable:
    """Understand one value as it was typed, or say why not. `decimal` is the mark the laboratory writes."""
    if len(value) > _LONGEST_REMEMBERED or (unit is not None and len(unit) > _LONGEST_REMEMBERED):
        return _read(analyte, value, unit, is_confirmed=is_confirmed, decimal=decimal)
    return _read_before(analyte, value, unit, is_confirmed=is_confirmed, decimal=decimal)


def _read(
    analyte: Analyte, value: str, unit: str | None, *, is_confirmed: bool, decimal: DecimalMark
) -> Quantity | Unreadable:
    factor = _factor(analyte, unit)
    if isinstance(factor, Unreadable):
        return factor
    if analyte.is_ordinal:
        step = analyte.levels.get(value.lower())
        if step is None:
            return Unreadable("value", f"is not one of {', '.join(step.name for step in analyte.steps)}")
        return Quantity(step, None, None, is_plausible=True, is_confirmed=is_confirmed)
    match = _NUMBERS[decimal].fullmatch(value)
    if match is None:
        return Unreadable("value", f"is not a number: digits, with at most one decimal {decimal} between them")
    comparator = Comparator(match[1]) if match[1] else None
    number = _EXACT.multiply(Decimal(match[2].replace(",", ".")), factor)
    is_plausible = analyte.limits is None or _is_within(analyte.limits, number, comparator)
    return Quantity(number, comparator, analyte.unit, is_plausible=is_plausible, is_confirmed=is_confirmed)


_read_before = lru_cache(maxsize=8192)(_read)


def _factor(analyte: Analyte, unit: str | None) -> Decimal | Unreadable:
    """What one of that unit is worth in the canonical unit. No unit is never taken for the usual one."""
    if unit is None or not unit.strip():
        if analyte.needs_unit:
            return Unreadable("unit", f"is missing; {analyte.id} is measured in {analyte.unit}")
        return _ONE
    factor = analyte.factors.get(unit) or analyte.factors.get(one_spelling(unit))
    if factor is None:
        wanted = f"{analyte.id} is measured in {analyte.unit}" if analyte.needs_unit else f"{analyte.id} has none"
        return Unreadable("unit", f"is not known here; {wanted}")
    return factor


def _is_within(limits: Limits, number: Decimal, comparator: Comparator | None) -> bool:
    """Inside the limits, which belong to the inside; `<` and `>` are judged just beyond their number."""
    if comparator is Comparator.BELOW:
        return limits.low < number <= limits.high
    if comparator is Comparator.ABOVE:
        return limits.low <= number < limits.high
    return limits.low <= number <= limits.high
