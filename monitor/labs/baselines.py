"""The personal baseline of an analyte: what this patient's value was before the treatment began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from operator import attrgetter
from typing import TypeVar

from monitor.labs.chart import Chart
from monitor.labs.values import Value

_Measured = TypeVar("_Measured")
_collected_on: Callable[[Value], dt.date] = attrgetter("collected_on")


def baselines(chart: Chart, analytes: Iterable[str], *, first_dose_on: dt.date | None) -> dict[str, Decimal]:
    """By analyte, the last usable number up to the day of the first dose, else the first one ever, canonical unit.

    Before the first dose there is none, since nothing can have changed because of it [policy].
    """
    if first_dose_on is None:
        return {}
    found: dict[str, Decimal] = {}
    for analyte in analytes:
        usable = (value for value in chart.of(analyte) if value.is_usable)
        value = baseline_of(usable, _collected_on, first_dose_on=first_dose_on)
        if value is not None and isinstance(value.quantity.value, Decimal):
            found[analyte] = value.quantity.value
    return found


def baseline_of(
    usable: Iterable[_Measured], day_of: Callable[[_Measured], dt.date], *, first_dose_on: dt.date
) -> _Measured | None:
    """The last of them up to the day of the first dose, else the first one ever; they come the oldest first."""
    found: _Measured | None = None
    for one in usable:
        if found is not None and day_of(one) > first_dose_on:
            break
        found = one
    return found
