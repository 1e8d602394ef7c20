"""`monitor scheduler`: the ticks of which only one process may be in charge; any number of them may run."""

from __future__ import annotations

import os

import click

from monitor.cli.installed import installed
from monitor.cli.serving import say_what_happens, station_of
from monitor.cli.ticking import tick_until_stopped


@click.command()
def scheduler() -> None:
    """Sweep and purge while this process leads, stand by while another one does; nothing is sent from here."""
    from monitor.jobs.timetable import Duty

    say_what_happens()
    with installed(os.environ) as place:
        tick_until_stopped(station_of(place, sends=False), Duty.SCHEDULER)
