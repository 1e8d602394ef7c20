"""How the values of one analyte went in one treatment: the trend of what a judged history holds."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from monitor.labs.analyte import Analyte
from monitor.labs.baselines import baselines
from monitor.labs.trends import DoseMark, Trend, trend
from monitor.protocols.judged import Judged
from monitor.protocols.readings import failures_in, values_in
from monitor.schedules.facts import History, Status


def trended(found: Judged, history: History, analyte: Analyte, *, on: dt.date, since: dt.date | None = None) -> Trend:
    """The trend up to `on`, the day for which the history was judged; from `since`, or from its beginning.

    The baseline is known for every analyte here, not only for those of which a rule asks it. Raises nothing.
    """
    own = baselines(found.subject.chart, (analyte.id,), first_dose_on=history.first_dose_on(on=on))
    in_force = [reading for reading in found.calendar.in_force if reading.analyte == analyte.id]
    return trend(
        analyte,
        replace(found.subject, baselines={**found.subject.baselines, **own}),
        on=on,
        since=since,
        corrected=list(values_in(reading for reading in in_force if reading.status is Status.CORRECTED)),
        doses=dose_marks(history),
        failures=failures_in(in_force),
    )


def dose_marks(history: History) -> list[DoseMark]:
    """The doses that were given, as a trend shows them."""
    return [DoseMark(given.on, given.course, given.day) for given in history.administrations]
