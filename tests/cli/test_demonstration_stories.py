"""The invented patients suit any day of any year: weekends, holidays, ends of months, leap days."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from monitor.catalog import Catalog
from monitor.cli.demonstration.alemtuzumab_stories import month_three_is_asked_for
from monitor.cli.demonstration.days import doses_until, next_due
from monitor.cli.demonstration.fill import diaries
from monitor.cli.demonstration.people import TIMEZONE
from monitor.schedules.spans import add_months
from monitor.schedules.working_days import WorkingDays

DAY = dt.timedelta(days=1)
EVERY_DAY = [dt.date(2026, 1, 1) + offset * DAY for offset in range(3 * 366)]  # a leap year among them
ODD_DAYS = [
    dt.date(2026, 5, 31),
    dt.date(2026, 12, 25),
    dt.date(2027, 5, 30),
    dt.date(2028, 2, 29),
    dt.date(2028, 3, 1),
]


@pytest.fixture
def working_days(catalog: Catalog) -> WorkingDays:
    return catalog.working_days("FR")


@pytest.mark.parametrize("today", ODD_DAYS)
def test_it_tells_twelve_stories_that_all_end_yesterday(today: dt.date, working_days: WorkingDays) -> None:
    told = diaries(today, working_days)
    days = [entry.at.astimezone(ZoneInfo(TIMEZONE)).date() for diary in told for entry in diary.entries]

    assert len({diary.patient for diary in told}) == 12
    assert max(days) == today - DAY


def test_it_has_a_reminder_for_every_day() -> None:
    """A third month that is due today, or was three days ago: on either a reminder is planned, weekend or not."""
    for today in EVERY_DAY:
        due_on = month_three_is_asked_for(today)
        assert add_months(add_months(due_on, -3), 3) == due_on
        assert due_on in {today, today - 3 * DAY}


@pytest.mark.parametrize("count", [2, 4, 5])
def test_it_gives_doses_on_working_days_close_to_what_the_story_wants(count: int, working_days: WorkingDays) -> None:
    for today in EVERY_DAY[::3]:
        doses = doses_until(today, count=count, working_days=working_days)

        assert len(doses) == count
        assert all(working_days.is_working_day(day) for day in doses)
        assert abs((next_due(doses) - today).days) <= 3


def test_it_uses_only_numbers_that_ring_nowhere(working_days: WorkingDays) -> None:
    numbers = {diary.patient.phone.replace(" ", "") for diary in diaries(EVERY_DAY[0], working_days)}

    assert len(numbers) == 12
    assert all(number.startswith(("+3363998", "+447700900")) for number in numbers)
