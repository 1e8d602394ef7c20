"""`monitor demo`: sixty invented patients in every state, served with the clock running; never on a real database."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import click

from monitor.cli.demonstration.database import Found, look_at
from monitor.cli.demonstration.fill import fill_with_invented_people
from monitor.cli.demonstration.welcome import admit, welcome
from monitor.cli.installed import opened, refusals_spoken
from monitor.cli.serving import serve_until_stopped, station_of
from monitor.clock import now, ticks
from monitor.settings import PREFIX, Settings, read_settings

DATABASE = "sqlite:///var/demo.db"
_HERE = "127.0.0.1"  # whatever the settings say: its pages ask nobody who they are


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="Make the demonstration anew, even if it was made today.")
def demo(port: int, *, fresh: bool) -> None:
    """Fill a database with invented patients, unless that was done today, and serve it."""
    from monitor.app import create_app
    from monitor.web.demonstration import pages, visitor

    with refusals_spoken():
        settings = demonstration_settings(os.environ, port=port)
        _refuse_a_taken_port(port)
        is_new = _prepare(settings, is_fresh_wanted=fresh)
        with opened(settings) as place:
            accounts = admit(place)
            app = create_app(
                settings,
                catalog=place.catalog,
                pages=(pages(settings),),
                sign_ins=(visitor(accounts.visitor),),
            )
            serve_until_stopped(
                app,
                station_of(place),
                host=_HERE,
                port=port,
                announce=lambda port: welcome(accounts, port=port, is_new=is_new),
            )


def demonstration_settings(environ: Mapping[str, str], *, port: int) -> Settings:
    """Those of the environment, but for what makes a demonstration; raises WrongSetting in production."""
    given = {name: value for name, value in environ.items() if value.strip()}
    usual = {
        "DATABASE_URL": DATABASE,
        "PUBLIC_PAGE_URL": f"http://localhost:{port}",
        "SWEEP_EVERY": "3",
        "DELIVER_EVERY": "2",
        "BEAT_EVERY": "5",
    }
    always = {"TRANSPORT": "console", "SEND_AT_ALL_HOURS": "true"}
    environment = {"ENVIRONMENT": given.get(f"{PREFIX}ENVIRONMENT", "demo")}
    if environment["ENVIRONMENT"] != "production":
        environment["ENVIRONMENT"] = "demo"
    named = {f"{PREFIX}{name}": value for name, value in usual.items()}
    forced = {f"{PREFIX}{name}": value for name, value in (always | environment).items()}
    return read_settings(named | given | forced)


def _prepare(settings: Settings, *, is_fresh_wanted: bool) -> bool:
    """See that the database holds a demonstration of today; whether it was made just now."""
    at = now()
    found = look_at(settings, today=at.astimezone(ZoneInfo(settings.timezone)).date())
    if found is Found.SOMETHING_ELSE:
        raise click.ClickException("this database is no demonstration, and is left alone: name another one")
    if found is Found.A_DEMONSTRATION_OF_TODAY and not is_fresh_wanted:
        click.echo("Using the demonstration that was made today (--fresh makes it anew).")
        return False
    if found is Found.ANOTHER_DEMONSTRATION:
        click.echo("The demonstration here is of another day or release: it is made anew.")
    started = ticks()
    count = fill_with_invented_people(settings, at=at, is_emptied=found is not Found.NOTHING)
    seconds = ticks() - started
    click.echo(f"{count} invented patients at three hospitals, with all that happened until now ({seconds:.0f} s).")
    return True


def _refuse_a_taken_port(port: int) -> None:
    """Before anything is made: a second demonstration beside a running one would take its tables away."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HERE, port))
        except OSError as failure:
            raise click.ClickException(
                f"port {port} cannot be used ({failure.strerror}): is a demonstration running? Another one: --port"
            ) from failure
