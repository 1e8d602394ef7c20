"""Where a value stands on the line: an exact number, or the place just beyond a bound."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from monitor.labs.quantities import Comparator, Quantity

_SIDE = {Comparator.BELOW: -1, Comparator.AT_MOST: -1, Comparator.ABOVE: 1, Comparator.AT_LEAST: 1, None: 0}


class Point(NamedTuple):
    """`number` in the canonical unit, or just below it (`side` -1), or just above it (`side` 1).

    A comparator is judged just beyond its bound, on the side where the value lies (contract, `labs evaluate`).
    """

    number: Decimal
    side: int = 0

    def is_below(self, limit: Decimal) -> bool:
        return self.number < limit or (self.side < 0 and self.number == limit)

    def is_above(self, limit: Decimal) -> bool:
        return self.number > limit or (self.side > 0 and self.number == limit)


def point_of(quantity: Quantity) -> Point | None:
    """Where a quantity stands; None for a step, which lies on no line."""
    if not isinstance(quantity.value, Decimal):
        return None
    return Point(quantity.value, _SIDE[quantity.comparator])
