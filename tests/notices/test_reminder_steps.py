"""Which days the released protocols ask for, item by item."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.catalog import Catalog
from monitor.notices.reminder_steps import reminder_steps
from monitor.schedules.facts import Administration, History, Person, Sex
from monitor.schedules.forecast import forecast

STARTED = dt.date(2026, 1, 5)
COURSE_1 = tuple(Administration(on=STARTED + dt.timedelta(days=day), course=1, day=day + 1) for day in range(5))


def steps(catalog: Catalog, protocol: str, *given: Administration) -> dict[str, tuple[int, ...]]:
    person = Person(sex=Sex.FEMALE, birth_date=dt.date(1990, 5, 5))
    history = History(person=person, started_on=STARTED, administrations=given)
    on, until = STARTED + dt.timedelta(days=5), STARTED + dt.timedelta(days=500)
    days = catalog.working_days("FR")
    answer = forecast(catalog.protocol(protocol).plan_for("eu"), history, on=on, until=until, working_days=days)
    steps_of = reminder_steps(answer)
    return {item.key: steps_of(item) for item in (*answer.items, *answer.upcoming)}


@pytest.mark.parametrize("key", ["dose/1", "dose/4"])
def test_it_reminds_of_each_visit_a_week_and_two_days_and_one_day_before(catalog: Catalog, key: str) -> None:
    assert steps(catalog, "tofersen")[key] == (-7, -2, -1)


def test_it_reminds_of_the_first_day_of_a_course_only(catalog: Catalog) -> None:
    found = steps(catalog, "alemtuzumab")

    assert found["infusion/1.1"] == (-7, -2, -1)
    assert found["infusion/1.2"] == ()


def test_it_does_not_announce_a_course_whose_date_nobody_agreed(catalog: Catalog) -> None:
    assert steps(catalog, "alemtuzumab", *COURSE_1)["infusion/2.1"] == ()


def test_it_reminds_of_the_monthly_sample_before_on_and_after_the_day(catalog: Catalog) -> None:
    assert steps(catalog, "alemtuzumab", *COURSE_1)["cbc/1.3"] == (-5, 0, 3)


def test_it_has_nothing_to_say_of_what_is_over(catalog: Catalog) -> None:
    assert steps(catalog, "alemtuzumab", *COURSE_1)["infusion/1.1"] == ()
