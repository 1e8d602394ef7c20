"""Rows of sheets with the values in them: what the calendar counts and what is judged, put together and taken apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from monitor.labs.measured import least
from monitor.labs.values import NotMeasured, Value
from monitor.schedules.facts import Reading, Status


def reading(
    analyte: str | None,
    measured: Value | NotMeasured | None,
    *,
    collected_on: dt.date,
    status: Status,
    row: str | None,
    replaces: str | None,
) -> Reading:
    """The row of a sheet with what was measured; None where the row cannot be understood, or names no analyte.

    `row` names it where another one may replace it. Only what may be relied upon can satisfy a duty. Raises nothing.
    """
    quantity = measured.quantity if isinstance(measured, Value) and measured.quantity.is_usable else None
    at_least = None if quantity is None else least(quantity)
    return Reading(analyte, collected_on, quantity is not None, status, row, replaces, at_least, measured)


def values_in(readings: Iterable[Reading]) -> Iterator[Value]:
    """What can be judged in them, in their order."""
    return (row.measured for row in readings if isinstance(row.measured, Value))


def failures_in(readings: Iterable[Reading]) -> list[NotMeasured]:
    """The samples among them that gave no value."""
    return [row.measured for row in readings if isinstance(row.measured, NotMeasured)]
