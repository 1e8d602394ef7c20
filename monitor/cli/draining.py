"""A web server of one process of threads that finishes what it has begun before it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from monitor.cli.stopping import Stop
from monitor.clock import ticks
from monitor.settings import Settings

_LARGEST_REQUEST = 64 * 1024 * 1024  # taken in at all; the application refuses far less, in its own words
_LOOK_UP_EVERY = 0.2  # seconds: how long a stop may go unnoticed


def make_server(app: Flask, *, host: str, port: int, threads: int) -> Any:
    """A server that listens already; 0 asks for any free port. Ends the command where the port cannot be had."""
    try:
        return create_server(
            app, host=host, port=port, threads=threads, ident=None, max_request_body_size=_LARGEST_REQUEST
        )
    except OSError as failure:
        raise refused_port(port, failure) from failure


def refused_port(port: int, failure: OSError) -> click.ClickException:
    """What to say of a port that cannot be had."""
    return click.ClickException(f"port {port} cannot be used: {failure.strerror}; try another: --port")


def serve_then_drain(server: Any, stop: Stop, *, patience: dt.timedelta, when_asked: Callable[[], None]) -> float:
    """Serve until asked to stop; then take nobody new, and finish what is in hand within `patience`.

    `when_asked` is called at that moment, which is given back, on the clock of `ticks`. The loop of the library would
    leave answers unsent that belong to what is already committed.
    """
    while not stop.is_asked:
        _turn(server)
    asked_at = ticks()
    when_asked()
    wasyncore.dispatcher.close(server)  # the listening socket alone
    while _is_busy(server) and ticks() - asked_at < patience.total_seconds():
        _turn(server)
    server.task_dispatcher.shutdown(timeout=0)
    wasyncore.close_all(server._map)  # noqa: SLF001 - the library has no other name for its connections
    return asked_at


def serve_from_threads(app: Flask, settings: Settings, *, port: int, announce: Callable[[int], None]) -> None:
    """Serve from this one process until stopped, where a system cannot fork; as many threads as all would have."""
    threads = settings.web_processes * settings.web_threads
    server = make_server(app, host=settings.web_host, port=port, threads=threads)
    stop = Stop()
    stop.listen()
    announce(server.effective_port)
    serve_then_drain(server, stop, patience=settings.farewell, when_asked=lambda: None)


def _turn(server: Any) -> None:
    server.asyncore.loop(
        timeout=_LOOK_UP_EVERY,
        map=server._map,  # noqa: SLF001 - as the server's own loop does
        use_poll=server.adj.asyncore_use_poll,
        count=1,
    )


def _is_busy(server: Any) -> bool:
    """Whether an answer is still owed; a connection that waits for the next question is closed."""
    channels = list(server.active_channels.values())
    owing = [channel for channel in channels if channel.requests or channel.total_outbufs_len]
    for channel in channels:
        if channel not in owing:
            channel.will_close = True
    return bool(owing)
