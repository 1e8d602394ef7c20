"""An outside monitor hears of us exactly as long as everything gets done (H27)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from monitor.actions.pause_sending import pause_sending
from monitor.jobs.station import Station
from monitor.jobs.timetable import AlarmClock, Duty
from monitor.overviews.readiness import readiness
from monitor.work import SYSTEM, working
from tests.cast import NOW
from tests.jobs.watching import beats, until

SECRET = "5f2a-secret"


class Monitor:
    """Far away, listening; it answers with `status`, or hangs until the test is over."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.status = 200
        self.hangs = False
        self.is_over = threading.Event()

    @property
    def count(self) -> int:
        return len(self.heard)


@contextmanager
def listening(monitor: Monitor) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            monitor.heard.append(self.path)
            if monitor.hangs:
                monitor.is_over.wait(30)
            self.send_response(monitor.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/ping/{SECRET}?state=up"
    monitor.is_over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def monitor() -> Monitor:
    return Monitor()


@pytest.fixture
def told(station: Station, monitor: Monitor) -> Iterator[Station]:
    with listening(monitor) as address:
        settings = dataclasses.replace(
            station.settings, heartbeat_url=address, heartbeat_timeout=dt.timedelta(seconds=0.5)
        )
        yield dataclasses.replace(station, settings=settings)


@contextmanager
def running(station: Station, *duties: Duty) -> Iterator[AlarmClock]:
    clock = AlarmClock(station, duties=frozenset(duties or Duty))
    clock.start()
    yield clock
    clock.stop()


def said_in_readiness(station: Station) -> str:
    with station.sessions() as session:
        checks = readiness(session, at=NOW, settings=station.settings)
    return next(one.detail for one in checks if one.name == "outside_monitor")


def test_it_is_told_again_and_again_while_everything_gets_done_h27(told: Station, monitor: Monitor) -> None:
    with running(told):
        assert until(lambda: monitor.count >= 3)

    assert set(monitor.heard) == {f"/ping/{SECRET}?state=up"}
    assert said_in_readiness(told) == "told 0 s ago"


def test_it_hears_nothing_while_no_worker_is_alive_h27_g5(told: Station, monitor: Monitor) -> None:
    with running(told, Duty.SCHEDULER):
        assert until(lambda: beats(told) == {"scheduler"})
        assert not until(lambda: bool(monitor.heard), patience=1.5)


def test_it_hears_nothing_while_texts_do_not_leave_h27(told: Station, monitor: Monitor) -> None:
    settings = told.settings
    with working(told.sessions, catalog=told.catalog, by=SYSTEM, at=NOW, settings=settings) as work:
        pause_sending(work, reason="a wrong text was found")

    with running(told):
        assert until(lambda: beats(told) >= {"scheduler", "worker"})
        assert not until(lambda: bool(monitor.heard), patience=1.5)


def test_one_that_refuses_is_shown_and_disturbs_nothing_nor_is_its_secret_logged_h27(
    told: Station, monitor: Monitor, caplog: pytest.LogCaptureFixture
) -> None:
    monitor.status = 500
    with caplog.at_level(logging.DEBUG, logger="monitor"), running(told) as clock:
        assert until(lambda: monitor.count >= 3)
        assert beats(told) == {"scheduler", "worker"}
        assert clock.gets_done("sweep")

    assert said_in_readiness(told) == "not told yet"
    assert "status 500" in caplog.text
    assert SECRET not in caplog.text


def test_one_that_hangs_holds_nobody_up_h27(told: Station, monitor: Monitor) -> None:
    monitor.hangs = True
    with running(told):
        assert until(lambda: monitor.count >= 2)
        assert until(lambda: beats(told) == {"scheduler", "worker"})


def test_nobody_is_called_where_none_is_configured(station: Station) -> None:
    assert station.settings.heartbeat_url is None
    with running(station):
        assert until(lambda: beats(station) == {"scheduler", "worker"})

    assert said_in_readiness(station).startswith("none is configured")
