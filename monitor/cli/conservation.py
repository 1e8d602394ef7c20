"""`monitor conservation`: proves that no treatment fell out of the calendar."""

from __future__ import annotations

import os
import sys

import click

from monitor.cli.installed import installed
from monitor.clock import now
from monitor.store.conservation import ahead_of_time, without_future
from monitor.work import SYSTEM, working


@click.command()
def conservation() -> None:
    """Name every treatment without a future or a recorded end, or last swept as of a day to come; status 1 if any."""
    with (
        installed(os.environ) as place,
        working(
            place.sessions, catalog=place.catalog, by=SYSTEM, at=now(), settings=place.settings, only_reads=True
        ) as work,
    ):
        lost = without_future(work.session, today_in=work.today)
        early = ahead_of_time(work.session, today_in=work.today)
    for treatment_id in lost:
        click.echo(f"treatment {treatment_id}", err=True)
    for treatment_id in early:
        click.echo(f"treatment {treatment_id}: last followed up as of a day to come; monitor sweep", err=True)
    click.echo(f"{len(lost)} treatments without a future or an end")
    sys.exit(1 if lost or early else 0)
