"""Keeps the alarm clock of one duty running, without a web server, until somebody asks it to stop."""

from __future__ import annotations

import threading

from monitor.cli.stopping import Stop
from monitor.jobs.station import Station
from monitor.jobs.timetable import AlarmClock, Duty

_LOOK_UP_EVERY = 0.2  # seconds: how long a stop may go unnoticed


def tick_until_stopped(station: Station, duty: Duty) -> None:
    """Run until Ctrl-C or SIGTERM; then what runs comes to a good end, and the lead is given back."""
    stop = Stop()
    stop.listen()
    clock = AlarmClock(station, duties=frozenset({duty}))
    clock.start()
    pause = threading.Event()  # never set: it is only slept on
    while not stop.is_asked:
        pause.wait(_LOOK_UP_EVERY)
    clock.stop()
