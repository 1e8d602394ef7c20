"""Silence is visible on the pages of the staff, within two missed beats (G5, H27, H37)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from uuid import uuid4

from monitor.actions.beat import beat
from monitor.actions.pause_sending import pause_sending
from monitor.overviews.sending import Sending, SendingStop, Sign, Stop
from monitor.web.standstill import present_standstill
from monitor.work import SYSTEM, working
from tests.client import Client
from tests.web.conftest import MORNING, Demonstration

WELL = Sending(
    is_open=True, stops=(), pending=0, sending=0, uncertain=0, sites=(),
    signs=(Sign("scheduler", is_ok=True, detail=""), Sign("worker", is_ok=True, detail="")),
)  # fmt: skip
SINCE = dt.datetime(2026, 6, 15, 9, 30, tzinfo=dt.UTC)


def stopped(stop: SendingStop) -> tuple[str, ...]:
    return present_standstill(
        Sending(is_open=False, stops=(stop,), pending=0, sending=0, uncertain=0, sites=(), signs=WELL.signs)
    )


def test_it_says_nothing_while_all_is_well() -> None:
    assert present_standstill(WELL) == ()


def test_it_says_who_stopped_the_sending_and_why_h37() -> None:
    stop = SendingStop(what=Stop.PERSON, why="a wrong text", since=SINCE, pause_id=uuid4(), by="Noor")

    assert stopped(stop) == ("No text leaves: paused by Noor since 2026-06-15 09:30 UTC, “a wrong text”.",)


def test_it_says_that_the_line_stopped_by_itself_h44() -> None:
    (said,) = stopped(SendingStop(what=Stop.LINE, why="the provider refuses the account (20003)", since=SINCE))

    assert "the provider refuses the account (20003)" in said


def test_every_page_shows_a_silent_worker_after_two_missed_beats_and_not_before_g5_h27(
    demonstration: Demonstration,
) -> None:
    client, station = Client(demonstration.app), demonstration.station
    two_beats = 2 * station.settings.beat_every

    def alive(kind: str, ago: dt.timedelta) -> None:
        beat(station.sessions, instance="1-one", kinds=[kind], at=MORNING - ago, settings=station.settings)

    alive("scheduler", two_beats)
    alive("worker", two_beats + dt.timedelta(seconds=1))
    for path in ("/", "/demo/agenda", "/demo/phones"):
        page = client.get(path).text
        assert "no worker is alive" in page, path
        assert "the scheduler is silent" not in page, path

    alive("worker", two_beats)
    assert "no worker is alive" not in client.get("/").text


def test_every_page_shows_a_pause_h37(demonstration: Demonstration) -> None:
    station = demonstration.station
    settings = dataclasses.replace(station.settings)
    with working(station.sessions, catalog=station.catalog, by=SYSTEM, at=MORNING, settings=settings) as work:
        pause_sending(work, reason="a wrong text was found")

    page = Client(demonstration.app).get("/demo/agenda").text

    assert "paused by an operator at the command line" in page
    assert "a wrong text was found" in page
