"""`monitor sweep`: follows up everything whose day has come, as of now or of another day."""

from __future__ import annotations

import datetime as dt
import os
import sys

import click

from monitor.actions.sweep import sweep as sweep_all
from monitor.cli.installed import installed
from monitor.cli.progress import progress_bar
from monitor.clock import now
from monitor.settings import Environment, Settings

_MAY_LOOK_AHEAD = frozenset({Environment.DEMO, Environment.TEST})


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of noon of this day at each site; now where absent.")
def sweep(on: dt.datetime | None) -> None:
    """Follow up every treatment whose day has come; exit status 1 if any could not be."""
    at, day = now(), None if on is None else on.date()
    with installed(os.environ) as place:
        _refuse_days_to_come(day, at=at, settings=place.settings)
        with progress_bar("Following up") as show:
            swept = sweep_all(
                place.sessions, catalog=place.catalog, settings=place.settings, at=at, on=day, progress=show
            )
    click.echo(f"{swept.done} done, {swept.failed} failed, {swept.skipped} skipped")
    sys.exit(1 if swept.failed else 0)


def _refuse_days_to_come(day: dt.date | None, *, at: dt.datetime, settings: Settings) -> None:
    """What would be raised and sent as of a later day would be missing, or wrong, on the days before it."""
    tomorrow = at.date() + dt.timedelta(days=1)
    if day is not None and day > tomorrow and settings.environment not in _MAY_LOOK_AHEAD:
        raise click.BadParameter("a day to come: outside a demonstration tomorrow is the last", param_hint="--on")
