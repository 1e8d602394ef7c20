"""Makes a whole cohort: tells the lives of its patients, centre by centre, and has them written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from monitor.cli.cohort.ids import Ids
from monitor.cli.cohort.mix import tell_cohort
from monitor.cli.cohort.sites import Centre, centres_of
from monitor.cli.cohort.write import Scribe, Written
from monitor.cli.installed import Installed


def make_cohort(
    place: Installed, *, patients: int, seed: int, sites: int, on: dt.date, progress: Callable[[int, int], None]
) -> Written:
    """Write `patients` invented patients at `sites` centres, as of the first minute of `on` at each of them.

    The same arguments write the same rows. `progress` is told how many of how many are behind us.
    """
    scribe = Scribe(place, Ids(seed), centres_of(seed, count=sites), on)
    scribe.furnish(seed=seed)
    written = Written()
    for centre in range(min(sites, patients)):
        numbers = range(centre, patients, sites)
        country = scribe.centres[centre].country
        stories = tell_cohort(
            numbers, seed=seed, centre=centre, today=on, working_days=place.catalog.working_days(country)
        )
        for part in scribe.write(stories):
            written += part
            progress(written.patients, patients)
    return written


def first_today(centres: tuple[Centre, ...], *, at: dt.datetime) -> dt.date:
    """The date at the centre that is furthest behind: for all of them it is not a day to come."""
    return min(at.astimezone(ZoneInfo(centre.timezone)).date() for centre in centres)
