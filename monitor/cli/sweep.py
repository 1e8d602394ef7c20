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


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of noon of this day at each site; now where absent.")
def sweep(on: dt.datetime | None) -> None:
    """Follow up every treatment whose day has come; exit status 1 if any could not be."""
    with installed(os.environ) as place, progress_bar("Following up") as show:
        swept = sweep_all(
            place.sessions,
            catalog=place.catalog,
            settings=place.settings,
            at=now(),
            on=None if on is None else on.date(),
            progress=show,
        )
    click.echo(f"{swept.done} done, {swept.failed} failed, {swept.skipped} skipped")
    sys.exit(1 if swept.failed else 0)
