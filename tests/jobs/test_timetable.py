"""The alarm clock says when to look, never what is due."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging

import pytest
import time_machine
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.triggers.interval import IntervalTrigger

from monitor.clock import now, ticks
from monitor.delivery.line import why_the_clock_is_doubted
from monitor.jobs.deliver import deliver_now
from monitor.jobs.jump_guard import JumpGuard
from monitor.jobs.station import Station
from monitor.jobs.sweep import sweep_now
from monitor.jobs.timetable import AlarmClock, Duty
from tests.cast import NOW
from tests.jobs.watching import beats, states, until


@pytest.fixture
def clock(station: Station):  # type: ignore[no-untyped-def] # noqa: ANN201
    made = AlarmClock(station)
    yield made
    if made._scheduler.running:
        made.stop()


def test_it_holds_the_same_few_ticks_however_many_patients_there_are(clock: AlarmClock) -> None:
    clock.start()
    jobs = clock._scheduler.get_jobs()

    assert sorted(job.id for job in jobs) == [
        "deliver",
        "escalate",
        "heartbeat",
        "lease",
        "mail",
        "outside",
        "purge",
        "sweep",
    ]
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
    assert not clock.gets_done("sweep")
    clock.start()
    assert until(lambda: clock.gets_done("sweep"))

    clock.stop()
    clock._last_done["sweep"] -= 61

    assert not clock.gets_done("sweep")


def test_it_lets_a_tick_miss_as_many_turns_as_the_settings_say(station: Station) -> None:
    patient = dataclasses.replace(station.settings, sweep_every=dt.timedelta(seconds=100), beats_missed_at_most=5)
    clock = AlarmClock(dataclasses.replace(station, settings=patient))
    clock.start()
    assert until(lambda: clock.gets_done("sweep"))
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


@pytest.mark.parametrize(
    ("duty", "ticks_there", "alive"),
    [
        (Duty.SCHEDULER, ["escalate", "heartbeat", "lease", "outside", "purge", "sweep"], {"scheduler"}),
        (Duty.WORKER, ["deliver", "heartbeat", "mail"], {"worker"}),
    ],
)
def test_it_does_what_it_is_there_for_and_no_more(
    station: Station, duty: Duty, ticks_there: list[str], alive: set[str]
) -> None:
    clock = AlarmClock(station, duties=frozenset({duty}))
    clock.start()
    is_alive = until(lambda: beats(station) == alive)
    there = sorted(job.id for job in clock._scheduler.get_jobs())
    clock.stop()

    assert is_alive
    assert there == ticks_there
    assert states(station) == (["pending"] if duty is Duty.SCHEDULER else [])
    assert beats(station) == set()


def test_it_goes_on_where_somebody_sets_the_clock_back(station: Station) -> None:
    """The library counts its turns by the wall clock: an hour taken back would be an hour without a tick."""
    clock = AlarmClock(station, duties=frozenset({Duty.WORKER}))
    clock.start()
    until(lambda: clock.gets_done("deliver"))
    with time_machine.travel(now() - dt.timedelta(hours=1), tick=True):
        before = clock._last_done["deliver"] = ticks() - 50
        goes_on = until(lambda: clock._last_done["deliver"] > before)
        once = clock._last_done["deliver"]
        goes_on = goes_on and until(lambda: clock._last_done["deliver"] > once)
    clock.stop()

    assert goes_on


def test_it_stops_the_sending_where_the_clocks_of_one_process_move_apart_h24(station: Station) -> None:
    passed, shift = dt.timedelta(0), dt.timedelta(0)
    strict = dataclasses.replace(station.settings, clock_skew=dt.timedelta(minutes=10))
    moved = dataclasses.replace(
        station, settings=strict, at_of=lambda: NOW + passed + shift, boot_of=lambda: 1.0 * passed.total_seconds()
    )
    guard = JumpGuard(moved)
    guard.look()

    passed = dt.timedelta(days=200)  # however long it runs or sleeps, if both clocks agree
    guard.look()
    assert doubts(moved) is None

    shift = dt.timedelta(minutes=-9)
    guard.look()
    assert doubts(moved) is None
    assert not guard.is_jumped()

    shift = dt.timedelta(minutes=11)
    assert guard.is_jumped()
    guard.look()
    assert doubts(moved) == "the clock of a running process was set by +660 s"
    assert not guard.is_jumped()  # from here on it is for a person to say


def test_it_sends_nothing_more_in_a_pass_during_which_the_clock_jumps_h24(station: Station) -> None:
    sweep_now(station)

    deliver_now(station, goes_on=lambda: False)

    assert states(station) == ["pending"]


def doubts(station: Station) -> str | None:
    with station.sessions() as session:
        return why_the_clock_is_doubted(session)
