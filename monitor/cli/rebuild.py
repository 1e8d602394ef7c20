"""`monitor rebuild`: drops the agenda and every other projection, and computes them again from the facts."""

from __future__ import annotations

import os
import sys

import click

from monitor.actions.rebuild import rebuild as rebuild_all
from monitor.cli.installed import installed
from monitor.cli.progress import progress_bar
from monitor.clock import now


@click.command()
def rebuild() -> None:
    """Write every projection again as of now; exit status 1 if any treatment could not be computed."""
    with installed(os.environ) as place, progress_bar("Computing again") as show:
        rebuilt = rebuild_all(place.sessions, catalog=place.catalog, settings=place.settings, at=now(), progress=show)
    click.echo(f"{rebuilt.done} done, {len(rebuilt.failed)} failed")
    for treatment_id in rebuilt.failed:
        click.echo(f"failed: treatment {treatment_id}", err=True)
    sys.exit(1 if rebuilt.failed else 0)
