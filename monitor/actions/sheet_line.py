"""One line of a laboratory sheet as it is printed, and what it amounts to: understood, asked about, or refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from monitor.labs.analyte import Analyte, Dictionary
from monitor.labs.measured import limit_of
from monitor.labs.quantities import DecimalMark, Quantity, Unreadable, read
from monitor.labs.ranges import is_far_from_usual
from monitor.labs.slips import looks_like
from monitor.labs.values import NotDone
from monitor.terms import Unacceptable

_LONGEST_VALUE = 64
_FAR = "lies far from the usual limit; check it, and confirm the value if it is right"
_SIDES: tuple[tuple[str, Literal["low", "high"]], ...] = (("lower", "low"), ("upper", "high"))
# Twelve hundred on a German sheet, one and a fifth on a French one: what three digits after a point may mean.
_THOUSANDS_OR_DECIMALS = re.compile(r"(?:<=|>=|<|>)?[1-9][0-9]{0,2}\.[0-9]{3}")


class PanelValue(msgspec.Struct, frozen=True):
    """One line of the sheet: a value, or the reason why the laboratory could not give one.

    `is_confirmed`: a person checked a value that can hardly be true, or that looks like another unit.
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


class RefusedValues(Unacceptable):
    """Several fields cannot be taken: `refusals` has one entry for each, the first of which this refusal repeats."""

    def __init__(self, refusals: Sequence[Unacceptable]) -> None:
        first = refusals[0]
        super().__init__(first.reason, field=first.field, suggestion=first.suggestion)
        self.refusals = tuple(refusals)


def refuse_undeclared(decimal: DecimalMark | None, *, is_from_machine: bool) -> None:
    """A laboratory system says how it writes decimals: nobody looks at its sheet (H14). Raises Unacceptable."""
    if decimal is None and is_from_machine:
        raise Unacceptable("needed from a laboratory system: point or comma", field="decimal")


def understand(
    dictionary: Dictionary, line: PanelValue, *, decimal: DecimalMark | None, is_from_machine: bool
) -> Understood:
    """What one line means. Raises RefusedValues naming every member of the line that is to blame.

    A person is asked about what can hardly be true, or looks like another unit, and may confirm it; from a laboratory
    system it is taken and flagged. Where nobody declared `decimal` it is the point, and what could as well be
    thousands is asked about.
    """
    analyte = dictionary.find(line.analyte)
    if analyte is None:
        raise RefusedValues([Unacceptable("the dictionary has no such analyte", field="analyte")])
    mark: DecimalMark = decimal or "point"
    found = _read(analyte, line, mark)
    faults: list[Unacceptable] = [found] if isinstance(found, Unacceptable) else []
    if is_from_machine and line.is_confirmed:
        faults.append(Unacceptable("only a person confirms a value", field="is_confirmed"))
    ambiguous = [] if decimal is not None or analyte.is_ordinal else _ambiguous(line)
    faults += ambiguous or _faults_of_numbers(analyte, line, found, mark, is_from_machine=is_from_machine)
    if faults:
        raise RefusedValues(faults)
    return Understood(analyte, found if isinstance(found, Quantity) else None)


def _ambiguous(line: PanelValue) -> list[Unacceptable]:
    """What may be thousands or decimals: it is never guessed which (H14)."""
    reason = "may be thousands or decimals; say in decimal how the sheet writes them, point or comma"
    written = (("value", line.value), ("lower", line.lower), ("upper", line.upper))
    return [
        Unacceptable(reason, field=field)
        for field, number in written
        if number is not None and _THOUSANDS_OR_DECIMALS.fullmatch(number)
    ]


def _faults_of_numbers(
    analyte: Analyte, line: PanelValue, found: Quantity | Unacceptable | None, mark: DecimalMark, *,
    is_from_machine: bool,
) -> list[Unacceptable]:  # fmt: skip
    """What is asked about the value, and what is wrong with its limits."""
    faults: list[Unacceptable] = []
    if isinstance(found, Quantity) and not is_from_machine and (question := _question(analyte, line, found)):
        faults.append(question)
    is_unit_unknown = isinstance(found, Unacceptable) and found.field == "unit"
    if line.value is not None and not is_unit_unknown:
        faults += _limit_faults(analyte, line, mark, asks=not is_from_machine and not line.is_confirmed)
    return faults  # in a unit that nobody knows limits mean nothing either


def _read(analyte: Analyte, line: PanelValue, decimal: DecimalMark) -> Quantity | Unacceptable | None:
    """The quantity; None where the test was not done."""
    if (line.value is None) == (line.not_done is None):
        return Unacceptable("a value, or the reason why there is none", field="value")
    if line.value is None:
        is_known = line.not_done in set(NotDone)
        return None if is_known else Unacceptable(f"not one of {', '.join(NotDone)}", field="not_done")
    if len(line.value) > _LONGEST_VALUE:
        return Unacceptable("has too many digits", field="value")
    found = read(analyte, value=line.value, unit=line.unit, is_confirmed=line.is_confirmed, decimal=decimal)
    return Unacceptable(found.reason, field=found.field) if isinstance(found, Unreadable) else found


def _question(analyte: Analyte, line: PanelValue, found: Quantity) -> Unacceptable | None:
    """What is asked before the value is taken; None where there is nothing to ask, or it was answered."""
    if line.is_confirmed:
        return None
    other = looks_like(analyte, found, unit=line.unit)
    if other is not None:
        reason = "looks like another unit; check it, and confirm it if it is right"
        return Unacceptable(reason, field="unit", suggestion=other)
    if not found.is_usable:
        return Unacceptable("can hardly be true; check it, and confirm it if it is right", field="value")
    return None


def _limit_faults(analyte: Analyte, line: PanelValue, decimal: DecimalMark, *, asks: bool) -> list[Unacceptable]:
    """The limits are numbers in the unit of the value, written as it is, and not far from the usual ones."""
    faults: list[Unacceptable] = []
    known: dict[str, Decimal] = {}
    for field, limit in (("lower", line.lower), ("upper", line.upper)):
        if limit is None:
            continue
        number = limit_of(analyte, limit, line.unit, decimal) if len(limit) <= _LONGEST_VALUE else None
        if analyte.is_ordinal:
            faults.append(Unacceptable("a test with steps has no limits", field=field))
        elif number is None:
            faults.append(Unacceptable("is not a number", field=field))
        else:
            known[field] = number
    if len(known) == 2 and known["lower"] > known["upper"]:
        faults.append(Unacceptable("lies below the lower limit", field="upper"))
    if asks and not faults:
        faults += [Unacceptable(_FAR, field=field) for field, side in _SIDES if field in known
                   and is_far_from_usual(analyte, known[field], side=side)]  # fmt: skip
    return faults
