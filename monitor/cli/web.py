"""`monitor web`: pages and API from several processes, without any clock; any number of them may run."""

from __future__ import annotations

import os

import click

from monitor.cli.installed import installed, refusals_spoken
from monitor.cli.serving import say_what_happens


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def web(port: int) -> None:
    """Answer requests until stopped; nothing is swept or sent from here."""
    from monitor.app import create_app
    from monitor.delivery.choose import check_texts

    say_what_happens()
    with installed(os.environ) as place:
        settings, catalog = place.settings, place.catalog
        check_texts(settings, catalog.wording)
    with refusals_spoken():  # its own connections are closed by now: none may be shared with a process that is forked
        app = create_app(settings, catalog=catalog)
        if hasattr(os, "fork"):
            from monitor.cli.forking import serve_from_processes

            serve_from_processes(app, settings, port=port, announce=_announce)
        else:
            from monitor.cli.draining import serve_from_threads

            serve_from_threads(app, settings, port=port, announce=_announce)


def _announce(port: int) -> None:
    click.echo(f"Listening on http://localhost:{port} (ready: http://localhost:{port}/health/ready). Ctrl-C stops it.")
