"""When a text may go out: hours, days, clock changes, one a day and four a week."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.notices.quiet_hours import (
    ANY_TIME,
    NoSendingDay,
    SendingDays,
    SendWindow,
    first_free_day,
    local_instant,
    next_opening,
    opening,
)

PARIS = ZoneInfo("Europe/Paris")
REUNION = ZoneInfo("Indian/Reunion")
MAY_DAY = dt.date(2026, 5, 1)
DAYS = SendingDays(is_holiday=lambda day: day == MAY_DAY)
ZONES = st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
MOMENTS = st.integers(min_value=1_700_000_000, max_value=1_950_000_000).map(
    lambda second: dt.datetime.fromtimestamp(second, tz=dt.UTC)
)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_it_sends_on_monday_what_was_wanted_in_the_hour_that_the_clocks_skip_q1_h20() -> None:
    wanted = local_instant(dt.date(2026, 3, 29), dt.time(2, 30), zone=PARIS)

    assert wanted == utc("2026-03-29T01:30")
    assert next_opening(wanted, zone=PARIS, days=DAYS) == utc("2026-03-30T07:00")


def test_it_opens_at_another_utc_hour_before_the_change_q1_h20() -> None:
    opens_at, closes_at = opening(dt.date(2026, 3, 27), zone=PARIS, window=SendWindow())

    assert (opens_at, closes_at) == (utc("2026-03-27T08:00"), utc("2026-03-27T18:00"))


def test_it_takes_the_first_of_a_time_that_comes_twice_h20() -> None:
    assert local_instant(dt.date(2026, 10, 25), dt.time(2, 30), zone=PARIS) == utc("2026-10-25T00:30")


@pytest.mark.parametrize(
    ("at", "expected"),
    (
        ("2026-04-08T06:59", "2026-04-08T07:00"),  # 08:59 in Paris
        ("2026-04-08T07:00", "2026-04-08T07:00"),
        ("2026-04-08T16:59", "2026-04-08T16:59"),  # 18:59
        ("2026-04-08T17:00", "2026-04-09T07:00"),  # the window closes at 19:00 sharp
        ("2026-04-11T17:00", "2026-04-13T07:00"),  # Saturday evening waits for Monday
        ("2026-05-01T08:00", "2026-05-02T07:00"),  # a public holiday
    ),
)
def test_it_waits_for_the_window_h21(at: str, expected: str) -> None:
    assert next_opening(utc(at), zone=PARIS, days=DAYS) == utc(expected)


def test_it_follows_the_zone_of_the_patient_h21() -> None:
    at = utc("2026-04-08T05:30")  # 07:30 in Paris, 09:30 on Réunion

    assert next_opening(at, zone=PARIS, days=DAYS) > at
    assert next_opening(at, zone=REUNION, days=DAYS) == at


@given(at=MOMENTS, zone=ZONES)
def test_it_never_leaves_outside_the_window_h20_h21(at: dt.datetime, zone: str) -> None:
    local = next_opening(at, zone=ZoneInfo(zone), days=DAYS).astimezone(ZoneInfo(zone))

    assert dt.time(9) <= local.time() < dt.time(19)
    assert local.weekday() < 6
    assert local.date() != MAY_DAY


@given(at=MOMENTS, zone=ZONES)
def test_it_moves_only_forward_and_only_as_far_as_needed_h20(at: dt.datetime, zone: str) -> None:
    moved = next_opening(at, zone=ZoneInfo(zone), days=DAYS)

    assert at <= moved <= at + dt.timedelta(days=4)
    assert next_opening(moved, zone=ZoneInfo(zone), days=DAYS) == moved


@given(at=MOMENTS, zone=ZONES)
def test_it_may_be_opened_at_all_hours_for_a_demonstration(at: dt.datetime, zone: str) -> None:
    always = SendingDays(is_holiday=lambda _: True, window=ANY_TIME)

    assert next_opening(at, zone=ZoneInfo(zone), days=always) == at


def test_it_refuses_a_calendar_without_a_sending_day() -> None:
    with pytest.raises(NoSendingDay):
        next_opening(utc("2026-04-08T07:00"), zone=PARIS, days=SendingDays(is_holiday=lambda _: True))


@given(st.lists(st.integers(0, 20), max_size=30))
def test_it_never_sends_twice_a_day_nor_five_times_a_week_h37(wanted: list[int]) -> None:
    start = dt.date(2026, 4, 6)
    taken: set[dt.date] = set()
    for offset in wanted:
        free = first_free_day(start + dt.timedelta(days=offset), days=DAYS, message_days=taken)
        assert free not in taken
        taken.add(free)

    for offset in range(-7, 60):
        week = {start + dt.timedelta(days=offset + day) for day in range(7)}
        assert len(taken & week) <= 4
