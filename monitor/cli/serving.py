"""Runs the web server with the alarm clock beside it, in one process, until somebody asks it to stop."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from flask import Flask

from monitor.cli.draining import make_server, serve_then_drain
from monitor.cli.installed import Installed
from monitor.cli.stopping import Stop
from monitor.clock import ticks
from monitor.delivery.choose import check_texts, transport_for
from monitor.delivery.mail.choose import mailer_for
from monitor.delivery.no_transport import NoTransport
from monitor.jobs.station import Station
from monitor.jobs.timetable import AlarmClock


def station_of(place: Installed, *, sends: bool = True) -> Station:
    """What the ticks work with; without a carrier where nothing is sent.

    Raises WrongSetting for a transport that is not fully configured, or texts too long.
    """
    check_texts(place.settings, place.catalog.wording)
    mailer = mailer_for(place.settings, place.catalog.mail_words)
    return Station(
        sessions=place.sessions,
        catalog=place.catalog,
        settings=place.settings,
        transport=(transport_for(place.settings) if sends else None) or NoTransport(),
        mailer=mailer if sends else None,
    )


def serve_until_stopped(app: Flask, station: Station, *, host: str, port: int, announce: Callable[[int], None]) -> None:
    """Serve on `host`, with the clock running; Ctrl-C or SIGTERM lets what runs come to a good end.

    `announce` is told the port once requests are taken; 0 asks for any free one.
    """
    server = make_server(app, host=host, port=port, threads=station.settings.web_threads)
    clock = AlarmClock(station)
    stop = Stop()
    stop.listen()
    clock.start()
    announce(server.effective_port)
    farewell = station.settings.farewell
    asked_at = ticks()
    try:
        asked_at = serve_then_drain(server, stop, patience=farewell, when_asked=station.stopping.set)
    finally:
        clock.stop(patience=farewell - dt.timedelta(seconds=ticks() - asked_at))


def say_what_happens() -> None:
    """Write our own log lines to the terminal; other people's libraries only when something is wrong."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("monitor").setLevel(logging.INFO)
