"""The personal baseline of an analyte: what this patient's value was before the treatment began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from monitor.labs.chart import Chart


def baselines(chart: Chart, analytes: Iterable[str], *, first_dose_on: dt.date | None) -> dict[str, Decimal]:
    """By analyte, the last usable number up to the day of the first dose, else the first one ever, canonical unit.

    Before the first dose there is none, since nothing can have changed because of it [policy].
    """
    if first_dose_on is None:
        return {}
    found: dict[str, Decimal] = {}
    for analyte in analytes:
        first = next((value for value in chart.of(analyte) if value.is_usable), None)
        value = chart.latest_usable(analyte, on=first_dose_on) or first
        if value is not None and isinstance(value.quantity.value, Decimal):
            found[analyte] = value.quantity.value
    return found
