"""On which day must a treatment be looked at again although nobody enters anything?"""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.catalog import Catalog
from monitor.schedules.calendar import Forecast
from monitor.schedules.facts import Administration, Assessment, History, Person, Reading, Sex, TaskDone
from monitor.schedules.forecast import forecast

COURSE_1 = tuple(Administration(dt.date(2026, 3, 1 + day), 1, day) for day in range(1, 6))
MONTHLY = (
    "platelets", "haemoglobin", "leukocytes", "neutrophils", "lymphocytes", "creatinine", "urine_blood_strip",
    "urine_protein_strip", "alt", "ast", "bilirubin_total",
)  # fmt: skip


def asked(catalog: Catalog, on: str, *sampled_on: str) -> Forecast:
    """After course 1, the antiherpetic stopped in time, with whole monthly panels on these days."""
    days = (dt.date(2026, 3, 4), dt.date(2026, 3, 6), *(dt.date.fromisoformat(day) for day in sampled_on))
    history = History(
        person=Person(Sex.FEMALE, dt.date(1990, 4, 2)),
        started_on=dt.date(2026, 3, 2),
        administrations=COURSE_1,
        readings=tuple(Reading(analyte, day, is_readable=True) for day in days for analyte in (*MONTHLY, "tsh")),
        assessments=(Assessment("skin", dt.date(2027, 3, 1)),),
        events=(TaskDone(dt.date(2026, 4, 6), "antiherpetic_stop/1"),),
    )
    day = dt.date.fromisoformat(on)
    return forecast(
        catalog.protocol("alemtuzumab").plan_for("eu"),
        history,
        on=day,
        until=day,
        working_days=catalog.working_days("FR"),
    )


@pytest.mark.parametrize(
    ("on", "sampled_on", "again_on"),
    [
        ("2026-04-11", ("2026-04-06",), "2026-05-11"),  # month 1 done: the nurse hears of month 2 five days late
        ("2026-05-11", ("2026-04-06",), "2026-05-13"),  # she has: the neurologist's rung is next
        ("2026-05-13", ("2026-04-06",), "2026-05-20"),  # both have: a registered letter is next
        ("2026-05-20", ("2026-04-06",), "2026-05-27"),  # it was asked for: the window of month 2 closes
        ("2026-07-05", ("2026-04-06", "2026-05-06", "2026-06-06", "2026-07-01"), "2026-07-07"),  # contraception ends
    ],
)
def test_it_wakes_for_rungs_letters_closings_and_dates_that_pass(
    catalog: Catalog, on: str, sampled_on: tuple[str, ...], again_on: str
) -> None:
    assert asked(catalog, on, *sampled_on).attention_on == dt.date.fromisoformat(again_on)


@pytest.mark.parametrize("on", ["2026-04-11", "2026-05-12", "2026-05-27", "2026-07-05", "2026-09-20"])
def test_nothing_but_the_dates_changes_before_that_day(catalog: Catalog, on: str) -> None:
    """Alerts, what is done, missed or cancelled: the same on every day until the next look."""
    today = asked(catalog, on, "2026-04-06")
    again_on = today.attention_on
    assert again_on is not None
    day = dt.date.fromisoformat(on)
    while (day := day + dt.timedelta(days=1)) < again_on:
        later = asked(catalog, day.isoformat(), "2026-04-06")
        assert [later.alerts, settled(later)] == [today.alerts, settled(today)]
    assert [asked(catalog, again_on.isoformat(), "2026-04-06").alerts] != [today.alerts] or settled(
        asked(catalog, again_on.isoformat(), "2026-04-06")
    ) != settled(today)


def settled(found: Forecast) -> set[tuple[str, str]]:
    return {(item.key, item.state) for item in found.items if item.state in {"done", "missed", "cancelled", "waived"}}


def test_a_dose_that_was_given_leaves_nothing_to_remind_of(catalog: Catalog) -> None:
    """The blood count before the puncture is said before the dose; afterwards nobody owes that text."""
    protocol = catalog.protocol("tofersen")
    days = [dt.date(2026, 1, 5), dt.date(2026, 1, 19)]
    on = days[-1]

    def steps(given: list[dt.date]) -> dict[str, tuple[int, ...]]:
        history = History(
            person=Person(Sex.MALE, dt.date(1970, 1, 1)),
            started_on=days[0],
            administrations=tuple(Administration(day) for day in given),
        )
        found = forecast(protocol.plan_for("eu"), history, on=on, until=on, working_days=catalog.working_days("FR"))
        return {key: ahead.reminders for key, ahead in found.outlook.items()}

    assert steps(days[:1])["coagulation/2"] == (-7,)
    assert steps(days)["coagulation/2"] == ()
