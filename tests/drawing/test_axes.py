"""Where an axis begins and ends, and which numbers and days stand on it."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.drawing.axes import day_marks, ends_of, number_marks, wide_enough


@pytest.mark.parametrize(
    ("numbers", "also", "ends"),
    [
        ([240, 118], [], (0, 250)),
        ([138, 141], [136, 145], (132.5, 145)),  # sodium: an axis from zero would show nothing
        ([0, 0], [], (0, 1)),
        ([], [], (0, 1)),
        ([10, 30, 25, 9000], [35], (0, 40)),
        ([20, 700, 800], [35], (0, 800)),  # two are no accident
    ],
)
def test_it_ends_where_the_numbers_end(numbers: list[float], also: list[float], ends: tuple[float, float]) -> None:
    low, high, step = ends_of(numbers, also=also)

    assert (low, high) == ends
    assert number_marks(low, high, step)[0] == low
    assert number_marks(low, high, step)[-1] == pytest.approx(high)


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        ("2026-01-01", "2026-01-29", ["2026-01-01", "2026-01-15", "2026-01-29"]),
        ("2026-03-02", "2026-06-15", ["2026-04-01", "2026-05-01", "2026-06-01"]),
        ("2022-03-01", "2026-03-01", ["2023-01-01", "2024-01-01", "2025-01-01", "2026-01-01"]),
    ],
)
def test_it_marks_round_days(first: str, last: str, marks: list[str]) -> None:
    found, _ = day_marks(dt.date.fromisoformat(first), dt.date.fromisoformat(last), most=4)

    assert [str(day) for day in found] == marks


def test_it_never_marks_more_days_than_there_is_room_for() -> None:
    for days in range(28, 30000, 97):
        found, _ = day_marks(dt.date(2026, 1, 1), dt.date(2026, 1, 1) + dt.timedelta(days=days), most=6)

        assert 2 <= len(found) <= 7, days


def test_it_makes_room_around_a_single_day() -> None:
    first, last = wide_enough(dt.date(2026, 6, 15), dt.date(2026, 6, 15))

    assert (last - first).days == 28
    assert first < dt.date(2026, 6, 15) < last
