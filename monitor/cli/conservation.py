"""`monitor conservation`: proves that no treatment fell out of the calendar."""

from __future__ import annotations

import os
import sys

import click

from monitor.cli.installed import installed
from monitor.clock import now
from monitor.store.conservation import without_future
from monitor.work import SYSTEM, working


@click.command()
def conservation() -> None:
    """Name every treatment that has neither a future nor a recorded end; exit status 1 if there is one."""
    with (
        installed(os.environ) as place,
        working(
            place.sessions, catalog=place.catalog, by=SYSTEM, at=now(), settings=place.settings, only_reads=True
        ) as work,
    ):
        lost = without_future(work.session, today_in=work.today)
    for treatment_id in lost:
        click.echo(f"treatment {treatment_id}", err=True)
    click.echo(f"{len(lost)} treatments without a future or an end")
    sys.exit(1 if lost else 0)
