"""The alarm clock says when to look, never what is due."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging

import pytest
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.triggers.interval import IntervalTrigger

from monitor.jobs.station import Station
from monitor.jobs.timetable import AlarmClock
from tests.cast import NOW
from tests.jobs.watching import beats, states, until


@pytest.fixture
def clock(station: Station):  # type: ignore[no-untyped-def] # noqa: ANN201
    made = AlarmClock(station)
    yield made
    if made._scheduler.running:
        made.stop()


def test_it_holds_the_same_three_ticks_however_many_patients_there_are(clock: AlarmClock) -> None:
    clock.start()
    jobs = clock._scheduler.get_jobs()

    assert sorted(job.id for job in jobs) == ["deliver", "heartbeat", "sweep"]
    assert all(isinstance(job.trigger, IntervalTrigger) for job in jobs)
    assert isinstance(clock._scheduler._jobstores["default"], MemoryJobStore)


def test_it_neither_drops_a_late_tick_nor_runs_one_twice_at_once(clock: AlarmClock) -> None:
    clock.start()

    for job in clock._scheduler.get_jobs():
        assert job.misfire_grace_time >= 300
        assert job.coalesce
        assert job.max_instances == 1


def test_it_catches_up_at_the_start_and_not_at_the_first_turn(station: Station) -> None:
    rarely = dataclasses.replace(station.settings, sweep_every=dt.timedelta(hours=6))
    clock = AlarmClock(dataclasses.replace(station, settings=rarely))

    clock.start()
    is_delivered = until(lambda: states(station) == ["delivered"])
    clock.stop()

    assert is_delivered


def test_it_leaves_a_sign_of_life_of_the_scheduler_and_of_the_worker(clock: AlarmClock, station: Station) -> None:
    clock.start()

    assert until(lambda: beats(station) == {"scheduler", "worker"})


def test_it_goes_on_after_a_failure_and_logs_only_its_kind(station: Station, caplog: pytest.LogCaptureFixture) -> None:
    failures = iter([ValueError("Ada Berger, platelets 12")] * 3)

    def now_and_then() -> dt.datetime:
        for failure in failures:
            raise failure
        return NOW

    clock = AlarmClock(dataclasses.replace(station, at_of=now_and_then))
    with caplog.at_level(logging.DEBUG):
        clock.start()
        is_delivered = until(lambda: states(station) == ["delivered"])
        clock.stop()

    assert is_delivered
    assert "ValueError" in caplog.text
    assert "Ada" not in caplog.text


def test_it_calls_a_tick_silent_that_has_not_succeeded_for_two_turns(clock: AlarmClock) -> None:
    clock.start()
    assert clock.gets_done("sweep")

    clock.stop()
    clock._last_done["sweep"] -= 61

    assert not clock.gets_done("sweep")


def test_it_lets_a_tick_miss_as_many_turns_as_the_settings_say(station: Station) -> None:
    patient = dataclasses.replace(station.settings, sweep_every=dt.timedelta(seconds=100), beats_missed_at_most=5)
    clock = AlarmClock(dataclasses.replace(station, settings=patient))
    clock.start()
    clock.stop()

    clock._last_done["sweep"] -= 450
    assert clock.gets_done("sweep")
    clock._last_done["sweep"] -= 60
    assert not clock.gets_done("sweep")


def test_it_starts_nothing_more_once_it_is_stopped(clock: AlarmClock, station: Station) -> None:
    clock.start()
    clock.stop()

    assert station.stopping.is_set()
    assert not clock._scheduler.running
