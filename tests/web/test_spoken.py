"""Days and moments are said as a person would say them."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.web.spoken import Spoken

LATE_EVENING = Spoken(at=dt.datetime(2026, 6, 15, 22, 30, tzinfo=dt.UTC), timezone="Europe/Paris")  # the 16th there


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-06-16", "today"),
        ("2026-06-15", "yesterday"),
        ("2026-06-17", "tomorrow"),
        ("2026-06-30", "in 14 days"),
        ("2026-05-12", "5 weeks ago"),
        ("2026-12-16", "in 6 months"),
        ("2027-06-16", "in 12 months"),
    ],
)
def test_it_says_how_far_a_day_is(day: str, said: str) -> None:
    assert LATE_EVENING.distance(dt.date.fromisoformat(day)) == said


def test_it_names_the_year_only_where_it_is_another() -> None:
    assert LATE_EVENING.day(dt.date(2026, 7, 1)) == "Wed 1 Jul"
    assert LATE_EVENING.day(dt.date(2027, 7, 1)) == "Thu 1 Jul 2027"


def test_it_tells_the_time_of_the_wall_there() -> None:
    assert LATE_EVENING.moment(dt.datetime(2026, 6, 15, 22, 5, tzinfo=dt.UTC)) == "today, 00:05"
