"""`monitor serve`: web, API and alarm clock in one process."""

from __future__ import annotations

import os

import click

from monitor.app import create_app
from monitor.cli.installed import installed
from monitor.cli.serving import say_what_happens, serve_until_stopped, station_of


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(port: int) -> None:
    """Serve until stopped; what was due while nothing ran is caught up first."""
    say_what_happens()
    with installed(os.environ) as place:
        app = create_app(place.settings, catalog=place.catalog)
        host = place.settings.web_host
        serve_until_stopped(app, station_of(place), host=host, port=port, announce=_announce)


def _announce(port: int) -> None:
    click.echo(f"Listening on http://localhost:{port} (ready: http://localhost:{port}/health/ready). Ctrl-C stops it.")
