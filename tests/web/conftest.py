"""The demonstration as of a Sunday that is the last of its month, with today's reminders sent, and its pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from monitor.app import create_app
from monitor.cli.demo import demonstration_settings
from monitor.cli.demonstration.fill import fill_with_invented_people
from monitor.cli.demonstration.welcome import admit
from monitor.cli.installed import opened
from monitor.delivery.console import ConsoleTransport
from monitor.edge.db import db
from monitor.jobs.deliver import deliver_now
from monitor.jobs.escalate import escalate_now
from monitor.jobs.station import Station
from monitor.jobs.sweep import sweep_now
from monitor.settings import Settings
from monitor.web.demonstration import pages, visitor

MORNING = dt.datetime(2026, 5, 31, 8, 15, tzinfo=dt.UTC)


@dataclass
class Demonstration:
    """The application, told that it is `at`, and the ticks of its clock by hand."""

    app: Flask
    station: Station
    at: dt.datetime

    def tick(self) -> None:
        """What the clock does: look what is due and what nobody has seen, send what waits."""
        sweep_now(self.station)
        escalate_now(self.station)
        deliver_now(self.station)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database as `monitor demo` makes it, once for all the tests here."""
    path = tmp_path_factory.mktemp("demonstration") / "demo.db"
    fill_with_invented_people(settings_of(path), at=MORNING - dt.timedelta(minutes=20), is_emptied=False)
    return path


@pytest.fixture
def demonstration(filled: Path, tmp_path: Path) -> Iterator[Demonstration]:
    settings = settings_of(shutil.copyfile(filled, tmp_path / "demo.db"))
    with opened(settings) as place:
        app = create_app(
            settings,
            catalog=place.catalog,
            pages=(pages(settings),),
            sign_ins=(visitor(admit(place).visitor),),
            clock=lambda: made.at,
        )
        station = Station(
            sessions=place.sessions,
            catalog=place.catalog,
            settings=dataclasses.replace(settings, clock_skew=dt.timedelta(days=36_500)),  # the story has its own day
            transport=ConsoleTransport(),
            at_of=lambda: made.at,
        )
        made = Demonstration(app, station, MORNING)
        made.tick()
        yield made
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def address(demonstration: Demonstration) -> Iterator[str]:
    """Where a browser finds it."""
    server = make_server("127.0.0.1", 0, demonstration.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def settings_of(path: Path) -> Settings:
    return demonstration_settings({"MONITOR_DATABASE_URL": f"sqlite:///{path}"}, port=8000)
