"""Where the clocks disagree nothing is sent, and somebody can see why (H24)."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from click.testing import CliRunner

from monitor.actions.beat import beat
from monitor.cli import main
from monitor.clock import now
from monitor.delivery.line import doubt_the_clock
from monitor.store.beat import read_beats
from monitor.store.message import MessageRow
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due

MINUTE = dt.timedelta(minutes=1)
SKEW = 10 * MINUTE


@pytest.fixture
def today(scene: Scene) -> Scene:
    """A text that is due by the true clock, at whatever hour that is."""
    scene.queue(due(WEDNESDAY))
    scene.change(MessageRow, not_before_at=now() - dt.timedelta(days=1), deadline_at=now() + dt.timedelta(days=30))
    scene.settings = dataclasses.replace(scene.settings, clock_skew=SKEW, send_at_all_hours=True)
    return scene


@pytest.mark.parametrize("ahead", [11 * MINUTE, -11 * MINUTE])
def test_it_sends_nothing_while_process_and_database_disagree_h24(
    today: Scene, ahead: dt.timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    provider = Provider()

    passed = today.deliver(provider, now() + ahead)

    assert (passed.counts, provider.received, today.message.state) == ({}, [], "pending")
    assert passed.stopped is not None
    assert "apart" in passed.stopped.reason
    assert "apart" in caplog.text
    assert today.deliver(provider, now() + ahead / 2).counts == {"accepted": 1}


def test_it_sends_nothing_after_the_clock_went_back_until_a_person_says_so_h24(today: Scene) -> None:
    beat(today.sessions, instance="1-one", kinds=["worker"], at=now() + 15 * MINUTE, settings=today.settings)
    for instance in ("1-one", "2-two"):  # neither who went back nor who starts after it may cover it up
        beat(today.sessions, instance=instance, kinds=["worker"], at=now(), settings=today.settings)
    provider = Provider()

    passed = today.deliver(provider, now())
    assert passed.stopped is not None
    assert "before the last sign of life" in passed.stopped.reason
    assert provider.received == []

    address = today.engine.url.render_as_string(hide_password=False)
    environ = {"MONITOR_ENVIRONMENT": "test", "MONITOR_DATABASE_URL": address}
    assert CliRunner().invoke(main, ["outbox", "resume"], env=environ).exit_code == 0
    assert today.deliver(provider, now()).counts == {"accepted": 1}


def test_it_sends_nothing_after_the_clock_jumped_under_a_process_until_a_person_says_so_h24(today: Scene) -> None:
    with today.work(now()) as work:
        doubt_the_clock(work, reason="the clock of a running process was set by +900 s")
    provider = Provider()
    today.change(MessageRow, deadline_at=now() - MINUTE)  # nor is anything given up by a clock that may be wrong

    for _ in range(2):
        passed = today.deliver(provider, now())
        assert passed.stopped is not None
        assert "+900 s" in passed.stopped.reason
    assert (provider.received, today.message.state) == ([], "pending")

    today.change(MessageRow, deadline_at=now() + MINUTE * 60)
    address = today.engine.url.render_as_string(hide_password=False)
    environ = {"MONITOR_ENVIRONMENT": "test", "MONITOR_DATABASE_URL": address}
    assert CliRunner().invoke(main, ["outbox", "resume"], env=environ).exit_code == 0
    assert today.deliver(provider, now()).counts == {"accepted": 1}


def test_it_beats_on_where_the_clock_went_back_a_little(today: Scene) -> None:
    for at in (MORNING, MORNING - 5 * MINUTE):
        beat(today.sessions, instance="1-one", kinds=["worker"], at=at, settings=today.settings)

    with today.sessions() as session:
        assert [one.at for one in read_beats(session)] == [MORNING - 5 * MINUTE]


def test_it_forgets_processes_that_are_long_gone_but_never_the_newest(today: Scene) -> None:
    for instance, hours in (("1-one", 0), ("2-two", 20), ("3-three", 30)):
        at = MORNING + dt.timedelta(hours=hours)
        beat(today.sessions, instance=instance, kinds=["worker"], at=at, settings=today.settings)
    beat(today.sessions, instance="4-four", kinds=[], ended=["worker"], at=MORNING, settings=today.settings)

    with today.sessions() as session:
        assert [one.instance for one in read_beats(session)] == ["3-three", "2-two"]
