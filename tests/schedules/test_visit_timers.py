"""Timers inside a visit: nobody is unwatched while a dose runs, nobody leaves before the observation is over."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.schedules.visit_timers import VisitTimer, VisitTimes, timers_of, visit_times

HOURLY = VisitTimer("hourly", "vital signs", "label", "beginning", minutes=240, every=60)
WATCHED = VisitTimer(
    "watched", "observation is over", "label", "end", minutes=120, first_dose_minutes=360, blocks_closing=True
)
BEGAN = dt.datetime(2026, 6, 15, 7, 0, tzinfo=dt.UTC)
PARIS = ZoneInfo("Europe/Paris")


def minutes(number: int) -> dt.timedelta:
    return dt.timedelta(minutes=number)


def times(*timers: VisitTimer, lasts: int | None = 240, **more: Any) -> VisitTimes:
    """Of a dose that took so many minutes, None where it still runs."""
    ended = None if lasts is None else BEGAN + minutes(lasts)
    asked: dict[str, Any] = {"began_at": BEGAN, "ended_at": ended, "is_first_dose": False, "at": BEGAN, **more}
    return visit_times(timers, **asked)


def after(found: VisitTimes, timer: str = "hourly") -> list[int]:
    """Minutes from the beginning to each prompt of one timer."""
    return [(one.at - BEGAN) // minutes(1) for one in found.prompts if one.timer == timer]


@pytest.mark.parametrize(
    ("lasts", "prompts"),
    [
        (240, [0, 60, 120, 180, 240]),
        (200, [0, 60, 120, 180, 240]),  # nobody is troubled by one more
        (299, [0, 60, 120, 180, 240]),
        (300, [0, 60, 120, 180, 240, 300]),
        (430, [0, 60, 120, 180, 240, 300, 360, 420]),
    ],
)
def test_what_recurs_goes_on_as_long_as_the_dose_lasts(lasts: int, prompts: list[int]) -> None:
    assert after(times(HOURLY, lasts=lasts)) == prompts


@pytest.mark.parametrize(("now", "last"), [(-60, 240), (60, 240), (239, 240), (240, 300), (299, 300), (301, 360)])
def test_while_the_end_is_unknown_the_next_prompt_is_always_listed(now: int, last: int) -> None:
    found = times(HOURLY, WATCHED, lasts=None, at=BEGAN + minutes(now))

    assert (after(found)[-1], after(found, "watched")) == (last, [])


def test_a_visit_whose_dose_still_runs_cannot_be_closed_whatever_waits() -> None:
    found = times(HOURLY, WATCHED, lasts=None)

    assert (found.may_close_at, found.waits_for) == (None, ("watched",))
    assert times(HOURLY, lasts=None).may_close_at is None


@pytest.mark.parametrize(("is_first_dose", "watched"), [(False, 120), (True, 360)])
def test_somebody_is_watched_longer_after_the_first_dose(*, is_first_dose: bool, watched: int) -> None:
    found = times(WATCHED, lasts=30, is_first_dose=is_first_dose)

    assert after(found, "watched") == [30 + watched]
    assert found.may_close_at == BEGAN + minutes(30 + watched)


def test_the_longest_of_several_keeps_the_visit_open() -> None:
    short = VisitTimer("short", "rest", "policy", "end", minutes=20, blocks_closing=True)
    since_beginning = VisitTimer("bed", "bed rest", "policy", "beginning", minutes=600, blocks_closing=True)

    assert times(WATCHED, short, lasts=30).may_close_at == BEGAN + minutes(150)
    assert times(WATCHED, since_beginning, lasts=30).may_close_at == BEGAN + minutes(600)
    assert times(WATCHED, since_beginning, lasts=700).may_close_at == BEGAN + minutes(820)
    assert times(since_beginning, lasts=700).may_close_at == BEGAN + minutes(700)


def test_what_nothing_waits_for_is_closed_with_the_end_of_the_dose() -> None:
    assert times(HOURLY, lasts=30).may_close_at == BEGAN + minutes(30)
    assert times(lasts=30) == VisitTimes(prompts=(), may_close_at=BEGAN + minutes(30), waits_for=())


def test_the_prompts_of_all_timers_come_in_order_of_time() -> None:
    at_once = VisitTimer("at_once", "vital signs", "policy", "end", minutes=0)
    found = times(WATCHED, at_once, HOURLY, lasts=90)

    assert [(one.timer, (one.at - BEGAN) // minutes(1)) for one in found.prompts] == [
        ("hourly", 0), ("hourly", 60), ("at_once", 90), ("hourly", 120), ("hourly", 180), ("watched", 210),
        ("hourly", 240),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("began", "on_the_wall"),
    [
        ("2026-03-29T00:30", ["00:30", "01:30", "03:30", "04:30", "05:30"]),
        ("2026-10-25T00:30", ["00:30", "01:30", "02:30", "02:30", "03:30"]),
    ],
)
def test_h20_an_hour_is_an_hour_when_the_clocks_change(began: str, on_the_wall: list[str]) -> None:
    at = dt.datetime.fromisoformat(began).replace(tzinfo=PARIS)
    ended = (at.astimezone(dt.UTC) + minutes(240)).astimezone(PARIS)
    found = times(HOURLY, WATCHED, began_at=at, ended_at=ended)
    hourly = [one.at for one in found.prompts if one.timer == "hourly"]

    assert {later - earlier for earlier, later in pairwise(hourly)} == {minutes(60)}
    assert [f"{one.astimezone(PARIS):%H:%M}" for one in hourly] == on_the_wall
    assert found.may_close_at == at.astimezone(dt.UTC) + minutes(360)


def test_the_authority_is_of_the_label_that_is_followed() -> None:
    timer = VisitTimer("one", "vital signs", "SmPC 4.4", "end", minutes=60, us_source="PI 2.5")

    assert [timers_of((timer, WATCHED), profile=profile)[0].source for profile in ("eu", "us")] == [
        "SmPC 4.4",
        "PI 2.5",
    ]
    assert timers_of((timer, WATCHED), profile="us")[1] == WATCHED


@given(lasts=st.integers(0, 1440), every=st.integers(1, 240), length=st.integers(1, 1440))
def test_nobody_is_unwatched_for_longer_than_asked_while_a_dose_runs(lasts: int, every: int, length: int) -> None:
    timer = VisitTimer("hourly", "vital signs", "label", "beginning", minutes=max(length, every), every=every)
    found = times(timer, WATCHED, lasts=lasts)
    moments = after(found)

    assert moments[0] == 0
    assert max(later - earlier for earlier, later in pairwise([*moments, max(lasts, moments[-1])])) <= every
    assert found.may_close_at == BEGAN + minutes(lasts + 120)
