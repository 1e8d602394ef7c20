"""The invented patients suit any day of any year: weekends, holidays, ends of months, leap days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random

import pytest

from monitor.catalog import Catalog
from monitor.cli.cohort.days import doses_until, due_between, next_due
from monitor.cli.cohort.mix import WEIGHTS
from monitor.cli.cohort.story import Story
from monitor.cli.demonstration.cast import month_three_is_asked_for, tell_everybody
from monitor.schedules.facts import Died, Stopped
from monitor.schedules.working_days import WorkingDays
from monitor.spans import add_months

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


@pytest.fixture(params=ODD_DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> dt.date:
    day: dt.date = request.param
    return day


@pytest.fixture
def stories(today: dt.date, catalog: Catalog) -> tuple[Story, ...]:
    return tell_everybody(today, catalog.working_days)


def test_it_tells_sixty_stories_of_three_hospitals_that_all_end_yesterday(
    stories: tuple[Story, ...], today: dt.date
) -> None:
    assert len({(one.person.given_name, one.person.family_name) for one in stories}) == 60
    assert set(Counter(one.centre for one in stories)) == {0, 1, 2}
    assert max(entry.on for one in stories for entry in one.entries) == today - DAY


def test_nothing_happens_to_anybody_after_death(stories: tuple[Story, ...]) -> None:
    ends = [(one, event) for one in stories for entry in one.entries if isinstance(event := entry.fact, Died)]

    assert len(ends) >= 2
    for story, death in ends:
        assert [entry for entry in story.entries if entry.on > death.on and entry.fact is not death] == []


def test_several_stopped_and_are_surveyed_all_the_same(stories: tuple[Story, ...]) -> None:
    stopped = [one for one in stories if any(isinstance(entry.fact, Stopped) for entry in one.entries)]

    assert len(stopped) >= 6
    assert len({one.centre for one in stopped}) > 1


def test_it_has_a_reminder_for_every_day() -> None:
    """A third month that is due today, or was three days ago: on either a reminder is planned, weekend or not."""
    for today in EVERY_DAY:
        due_on = month_three_is_asked_for(today)
        assert add_months(add_months(due_on, -3), 3) == due_on
        assert due_on in {today, today - 3 * DAY}


@pytest.mark.parametrize("count", [2, 4, 12])
def test_it_gives_doses_on_working_days_up_to_where_the_story_wants_them(count: int, working_days: WorkingDays) -> None:
    dice = Random(count)
    for today in EVERY_DAY[::7]:
        due_on = due_between(today - 3 * DAY, today + 6 * DAY, count=count, working_days=working_days, dice=dice)
        doses = doses_until(due_on, count=count, working_days=working_days, dice=dice)

        assert len(doses) == count
        assert next_due(doses) == due_on
        assert all(working_days.is_working_day(day) for day in doses)


def test_it_uses_only_numbers_that_ring_nowhere(stories: tuple[Story, ...]) -> None:
    numbers = {one.person.phone.replace(" ", "") for one in stories}

    assert len(numbers) == 60
    assert all(number.startswith(("+3363998", "+447700900")) for number in numbers)


def test_every_life_has_a_weight() -> None:
    assert all(weight > 0 for weight in WEIGHTS.values())
