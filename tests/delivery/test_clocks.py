"""Where the clocks disagree nothing is sent, and somebody can see why (H24)."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from click.testing import CliRunner

from monitor.actions.beat import beat
from monitor.cli import main
from monitor.clock import now
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
    beat(today.sessions, name="worker", at=now() + 15 * MINUTE, skew=SKEW)
    beat(today.sessions, name="worker", at=now(), skew=SKEW)  # who went back must not cover it up
    provider = Provider()

    passed = today.deliver(provider, now())
    assert passed.stopped is not None
    assert "before the last sign of life" in passed.stopped.reason
    assert provider.received == []

    address = today.engine.url.render_as_string(hide_password=False)
    environ = {"MONITOR_ENVIRONMENT": "test", "MONITOR_DATABASE_URL": address}
    assert CliRunner().invoke(main, ["outbox", "resume"], env=environ).exit_code == 0
    assert today.deliver(provider, now()).counts == {"accepted": 1}


def test_it_beats_on_where_the_clock_went_back_a_little(today: Scene) -> None:
    for at in (MORNING, MORNING - 5 * MINUTE):
        beat(today.sessions, name="worker", at=at, skew=SKEW)

    with today.sessions() as session:
        assert read_beats(session) == {"worker": MORNING - 5 * MINUTE}
