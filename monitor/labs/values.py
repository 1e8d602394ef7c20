"""A laboratory value in its place: what was measured, when it was collected, and how far it can be relied upon."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum

import msgspec

from monitor.labs.quantities import Quantity


class NotDone(StrEnum):
    """Why the laboratory could not measure: none of these is a value, and each asks for another sample."""

    CLOTTED = "clotted"
    CLUMPED = "clumped"
    HAEMOLYSED = "haemolysed"
    INSUFFICIENT = "insufficient"
    LOST = "lost"
    REFUSED = "refused"
    OTHER = "other"


class Value(msgspec.Struct, frozen=True, gc=False):
    """One value of one analyte, understood and ready to be judged.

    `analyte` is the dictionary's id; `lower` and `upper` are the laboratory's own limits in the canonical unit, None
    where it printed none. `is_final`: the laboratory stands behind it. `ref` names the row it comes from.
    """

    analyte: str
    quantity: Quantity
    collected_on: dt.date
    lower: Decimal | None = None
    upper: Decimal | None = None
    is_final: bool = True
    collected_at: dt.datetime | None = None
    ref: str | None = None

    @property
    def is_usable(self) -> bool:
        """It may satisfy a duty, and it ends what an earlier value gave rise to."""
        return self.is_final and self.quantity.is_usable


class NotMeasured(msgspec.Struct, frozen=True, gc=False):
    """A sample that gave no value, and why; `ref` names the row it comes from."""

    analyte: str
    reason: NotDone
    collected_on: dt.date
    ref: str | None = None
