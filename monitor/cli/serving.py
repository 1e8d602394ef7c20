"""Runs the web server with the alarm clock beside it, in one process, until somebody asks it to stop."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from types import FrameType

import click
from flask import Flask
from waitress.server import create_server

from monitor.cli.installed import Installed
from monitor.delivery.choose import check_texts, transport_for
from monitor.jobs.deliver import NoTransport
from monitor.jobs.station import Station
from monitor.jobs.timetable import AlarmClock

HOST = "127.0.0.1"  # a reverse proxy with TLS stands between us and everybody else
_THREADS = 8
_LARGEST_REQUEST = 64 * 1024 * 1024  # taken in at all; the application refuses far less, in its own words


def station_of(place: Installed) -> Station:
    """What the ticks work with. Raises WrongSetting for a transport that is not fully configured, or texts too long."""
    check_texts(place.settings, place.catalog.wording)
    return Station(
        sessions=place.sessions,
        catalog=place.catalog,
        settings=place.settings,
        transport=transport_for(place.settings) or NoTransport(),
    )


def serve_until_stopped(app: Flask, station: Station, *, port: int, announce: Callable[[int], None]) -> None:
    """Serve on this machine only, with the clock running; Ctrl-C or SIGTERM lets what runs come to a good end.

    `announce` is told the port once requests are taken; 0 asks for any free one.
    """
    try:
        server = create_server(
            app, host=HOST, port=port, threads=_THREADS, ident=None, max_request_body_size=_LARGEST_REQUEST
        )
    except OSError as failure:
        raise click.ClickException(f"port {port} cannot be used: {failure.strerror}; try another: --port") from failure
    clock = AlarmClock(station)
    signal.signal(signal.SIGTERM, _stop)
    clock.start()
    try:
        announce(server.effective_port)
        server.run()
    finally:
        clock.stop()
        server.close()


def say_what_happens() -> None:
    """Write our own log lines to the terminal; other people's libraries only when something is wrong."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("monitor").setLevel(logging.INFO)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
