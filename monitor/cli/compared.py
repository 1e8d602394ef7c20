"""What a value of `labs evaluate` is compared with: the baseline and the earlier values that came on its line."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from monitor.cli.value_shape import AmountIn, PreviousIn
from monitor.labs.analyte import Analyte
from monitor.labs.quantities import DecimalMark, Unreadable, read
from monitor.labs.values import Value
from monitor.terms import Unacceptable

_HARDLY_TRUE = "can hardly be true"


class Compared(Struct, frozen=True):
    """A baseline in the canonical unit, earlier values, and what counts for nothing with the reason."""

    baseline: Decimal | None
    earlier: tuple[Value, ...]
    not_compared: tuple[str, ...]


def compared(
    analyte: Analyte, mark: DecimalMark, *, baseline: AmountIn | None, previous: Iterable[PreviousIn]
) -> Compared:
    """Reads both. Raises Unacceptable for a baseline that cannot be read, or from which nothing can rise.

    An earlier value that cannot be used counts for nothing, for the latest usable one does (contract, section 2); it
    is told, and so is a baseline that can hardly be true.
    """
    earlier: list[Value] = []
    unused: list[str] = []
    start = None if baseline is None else _baseline(analyte, mark, baseline, unused)
    for place, row in enumerate(previous):
        found = read(analyte, value=row.value, unit=row.unit, decimal=mark)
        where = f"previous[{place}]"
        if isinstance(found, Unreadable):
            unused.append(f"{where}.{found.field}: {found.reason}")
            continue
        if not found.is_usable:
            unused.append(f"{where}.value: {_HARDLY_TRUE}")
        earlier.append(Value(analyte.id, found, row.collected_on))
    return Compared(start, tuple(earlier), tuple(unused))


def _baseline(analyte: Analyte, mark: DecimalMark, asked: AmountIn, unused: list[str]) -> Decimal | None:
    found = read(analyte, value=asked.value, unit=asked.unit, decimal=mark)
    if isinstance(found, Unreadable):
        raise Unacceptable(found.reason, field=f"baseline.{found.field}")
    if not isinstance(found.value, Decimal):
        unused.append("baseline.value: a test with steps has no baseline")
        return None
    if found.value <= 0:
        raise Unacceptable("is not above zero, so that nothing can be compared with it", field="baseline.value")
    if not found.is_usable:
        unused.append(f"baseline.value: {_HARDLY_TRUE}")
        return None
    return found.value
