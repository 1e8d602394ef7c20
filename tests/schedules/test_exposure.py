"""How long and how regularly: the worked example of clinical practice, and what holds of any row of doses."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalog import Catalog
from monitor.schedules.exposure import Exposure, exposure
from monitor.schedules.facts import Administration, Died, Event, History, Person, Sex, Stopped

FIRST = dt.date(2026, 1, 5)
DOSES = ("2026-01-05", "2026-01-22", "2026-02-05", "2026-03-05", "2026-04-09")


def asked(
    catalog: Catalog, *doses: str, on: str, events: tuple[Event, ...] = (), protocol: str = "tofersen"
) -> Exposure:
    given_on = tuple(Administration(dt.date.fromisoformat(day)) for day in doses)
    history = History(Person(Sex.MALE, dt.date(1968, 5, 17)), FIRST, given_on, events=events)
    return exposure(catalog.protocol(protocol).plan_for("eu"), history, on=dt.date.fromisoformat(on))


def test_the_intervals_of_five_doses(catalog: Catalog) -> None:
    """Vector T12."""
    found = asked(catalog, *DOSES, on="2026-04-30")

    assert [interval.days for interval in found.intervals] == [17, 14, 28, 35]
    assert [interval.deviation for interval in found.intervals] == [3, 0, 0, 7]
    assert (found.mean_interval, found.mean_deviation) == (Decimal("23.50"), Decimal("2.50"))
    assert (found.days, found.months) == (115, Decimal("3.8"))
    assert all(interval.is_on_time for interval in found.intervals)


def test_on_the_day_of_the_first_dose_it_is_nothing_yet(catalog: Catalog) -> None:
    found = asked(catalog, DOSES[0], on=DOSES[0])

    assert (found.doses, found.days, found.months) == (1, 0, Decimal("0.0"))
    assert (found.intervals, found.mean_interval, found.mean_deviation) == ((), None, None)


def test_without_a_dose_there_is_no_exposure(catalog: Catalog) -> None:
    found = asked(catalog, on="2026-04-30")

    assert (found.doses, found.first_on, found.until, found.days) == (0, None, None, 0)


@pytest.mark.parametrize(
    ("second", "is_on_time"),
    [("2026-01-18", False), ("2026-01-19", True), ("2026-01-22", True), ("2026-01-23", False)],
)
def test_a_loading_dose_may_come_three_days_late_and_never_early(
    catalog: Catalog, second: str, *, is_on_time: bool
) -> None:
    (interval,) = asked(catalog, DOSES[0], second, on="2026-02-01").intervals
    assert interval.is_on_time is is_on_time


@pytest.mark.parametrize(
    ("fourth", "is_on_time"),
    [("2026-02-26", False), ("2026-02-27", True), ("2026-03-09", True), ("2026-03-10", False)],
)
def test_a_later_dose_may_come_three_days_early_and_seven_late(
    catalog: Catalog, fourth: str, *, is_on_time: bool
) -> None:
    found = asked(catalog, "2026-01-05", "2026-01-19", "2026-02-02", fourth, on="2026-04-01")
    assert found.intervals[-1].is_on_time is is_on_time


@pytest.mark.parametrize(
    ("events", "until"),
    [
        ((), "2026-04-30"),
        ((Stopped(dt.date(2026, 4, 15), "progression"),), "2026-04-15"),
        ((Died(dt.date(2026, 4, 20)), Stopped(dt.date(2026, 4, 25), "death")), "2026-04-20"),
        ((Stopped(dt.date(2026, 3, 1), "too early: a dose came after it"),), "2026-04-09"),
    ],
)
def test_it_ends_with_the_treatment(catalog: Catalog, events: tuple[Event, ...], until: str) -> None:
    found = asked(catalog, *DOSES, on="2026-04-30", events=events)
    assert found.until == dt.date.fromisoformat(until)


def test_a_course_has_days_but_no_intervals(catalog: Catalog) -> None:
    found = asked(catalog, "2026-03-02", "2026-03-03", on="2026-04-02", protocol="alemtuzumab")
    assert (found.doses, found.days, found.intervals) == (2, 31, ())


@given(gaps=st.lists(st.integers(1, 90), min_size=1, max_size=20))
def test_intervals_add_up_to_the_time_between_first_and_last(gaps: list[int], catalog: Catalog) -> None:
    days = [FIRST]
    for gap in gaps:
        days.append(days[-1] + dt.timedelta(days=gap))
    found = asked(catalog, *(day.isoformat() for day in days), on=days[-1].isoformat())
    assert sum(interval.days for interval in found.intervals) == found.days
    assert found.doses == len(gaps) + 1
