"""One line of a laboratory sheet as it is printed, and what it amounts to: understood, asked about, or refused."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from monitor.labs.analyte import Analyte, Dictionary
from monitor.labs.measured import limit_of
from monitor.labs.quantities import DecimalMark, Quantity, Unreadable, read
from monitor.labs.slips import looks_like
from monitor.labs.values import NotDone
from monitor.terms import Unacceptable

_LONGEST_VALUE = 64


class PanelValue(msgspec.Struct, frozen=True):
    """One line of the sheet: a value, or the reason why the laboratory could not give one.

    `is_confirmed`: somebody checked a value that can hardly be true, or that looks like another unit.
    """

    analyte: str
    value: str | None = None
    unit: str | None = None
    lower: str | None = None
    upper: str | None = None
    is_confirmed: bool = False
    not_done: str | None = None


class Understood(msgspec.Struct, frozen=True):
    """A line that was understood; `quantity` is None where the test was not done."""

    analyte: Analyte
    quantity: Quantity | None

    @property
    def canonical(self) -> Decimal | None:
        """The number in the canonical unit, if it is one."""
        value = None if self.quantity is None else self.quantity.value
        return value if isinstance(value, Decimal) else None

    @property
    def comparator(self) -> str | None:
        return None if self.quantity is None or self.quantity.comparator is None else self.quantity.comparator.value


def understand(dictionary: Dictionary, line: PanelValue, *, decimal: DecimalMark, is_from_machine: bool) -> Understood:
    """What one line means. Raises Unacceptable naming the member of the line.

    A person is asked about what can hardly be true, or looks like another unit, and may confirm it; from a laboratory
    system it is taken and flagged.
    """
    analyte = dictionary.find(line.analyte)
    if analyte is None:
        raise Unacceptable("the dictionary has no such analyte", field="analyte")
    if (line.value is None) == (line.not_done is None):
        raise Unacceptable("a value, or the reason why there is none", field="value")
    if line.value is None:
        if line.not_done not in set(NotDone):
            raise Unacceptable(f"not one of {', '.join(NotDone)}", field="not_done")
        return Understood(analyte, None)
    if len(line.value) > _LONGEST_VALUE:
        raise Unacceptable("has too many digits", field="value")
    found = read(analyte, value=line.value, unit=line.unit, is_confirmed=line.is_confirmed, decimal=decimal)
    if isinstance(found, Unreadable):
        raise Unacceptable(found.reason, field=found.field)
    _check_limits(analyte, line, decimal)
    if not is_from_machine:
        _ask(analyte, line, found)
    return Understood(analyte, found)


def _ask(analyte: Analyte, line: PanelValue, found: Quantity) -> None:
    if line.is_confirmed:
        return
    other = looks_like(analyte, found, unit=line.unit)
    if other is not None:
        raise Unacceptable(
            "looks like another unit; check it, and confirm it if it is right", field="unit", suggestion=other
        )
    if not found.is_usable:
        raise Unacceptable("can hardly be true; check it, and confirm it if it is right", field="value")


def _check_limits(analyte: Analyte, line: PanelValue, decimal: DecimalMark) -> None:
    """The laboratory's limits are numbers in the unit of the value, written as the value is."""
    known: dict[str, Decimal] = {}
    for field, limit in (("lower", line.lower), ("upper", line.upper)):
        if limit is None:
            continue
        if analyte.is_ordinal:
            raise Unacceptable("a test with steps has no limits", field=field)
        number = limit_of(analyte, limit, line.unit, decimal) if len(limit) <= _LONGEST_VALUE else None
        if number is None:
            raise Unacceptable("is not a number", field=field)
        known[field] = number
    if len(known) == 2 and known["lower"] > known["upper"]:
        raise Unacceptable("lies below the lower limit", field="upper")
