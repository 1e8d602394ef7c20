"""`monitor worker`: sends what waits in the outbox; any number of them may run, each message is claimed by one."""

from __future__ import annotations

import os

import click

from monitor.cli.installed import installed
from monitor.cli.serving import say_what_happens, station_of
from monitor.cli.ticking import tick_until_stopped


@click.command()
def worker() -> None:
    """Send until stopped; a call in hand is finished, or left to a person where it takes too long."""
    from monitor.jobs.timetable import Duty

    say_what_happens()
    with installed(os.environ) as place:
        tick_until_stopped(station_of(place), Duty.WORKER)
