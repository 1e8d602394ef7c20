"""Which letters does a ladder ask for, from which day on, and when does it ask no more?"""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.catalog import Catalog
from monitor.schedules.calendar import Forecast
from monitor.schedules.facts import Administration, Died, Event, History, Person, Reading, Sex, Stopped, Waived
from monitor.schedules.forecast import forecast

COURSE_1 = tuple(Administration(dt.date(2026, 3, 1 + day), 1, day) for day in range(1, 6))
CBC = ("platelets", "haemoglobin", "leukocytes", "neutrophils", "lymphocytes")
MONTHS = ("2026-04-06", "2026-05-06", "2026-06-06")


def after_course_1(
    catalog: Catalog, on: str, *, sampled_on: tuple[str, ...] = (), events: tuple[Event, ...] = ()
) -> Forecast:
    """Course 1 ended on 6 March 2026; blood counts on these days, and nothing else that is monthly."""
    day = dt.date.fromisoformat(on)
    history = History(
        person=Person(Sex.FEMALE, dt.date(1990, 4, 2)),
        started_on=dt.date(2026, 3, 2),
        administrations=COURSE_1,
        readings=tuple(
            Reading(analyte, dt.date.fromisoformat(taken), is_readable=True) for taken in sampled_on for analyte in CBC
        ),
        events=events,
    )
    plan = catalog.protocol("alemtuzumab").plan_for("eu")
    return forecast(plan, history, on=day, until=day, working_days=catalog.working_days("FR"))


def letters(calendar: Forecast, stream: str = "cbc") -> list[str]:
    return [
        f"{'registered ' * one.is_registered}{one.to} {one.key} {one.since}"
        for one in calendar.letters
        if one.stream == stream
    ]


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        ("2026-07-13", []),  # month 4, due on the 6th: the nurse is told, nothing is posted yet
        ("2026-07-16", ["patient cbc/1.4 2026-07-16"]),
        ("2026-07-20", ["patient cbc/1.4 2026-07-16", "family_doctor cbc/1.4 2026-07-20"]),
        ("2026-07-26", ["patient cbc/1.4 2026-07-16", "family_doctor cbc/1.4 2026-07-20"]),
        ("2026-07-27", ["registered patient cbc/1.4 2026-07-27", "family_doctor cbc/1.4 2026-07-20"]),
        ("2026-09-30", ["registered patient cbc/1.4 2026-07-27", "family_doctor cbc/1.4 2026-07-20"]),
    ],
)
def test_letters_are_asked_for_in_their_turn(catalog: Catalog, on: str, asked: list[str]) -> None:
    assert letters(after_course_1(catalog, on, sampled_on=MONTHS)) == asked


def test_they_come_sooner_in_the_first_months(catalog: Catalog) -> None:
    assert letters(after_course_1(catalog, "2026-04-12")) == []
    assert letters(after_course_1(catalog, "2026-04-13")) == [
        "patient cbc/1.1 2026-04-13", "family_doctor cbc/1.1 2026-04-13"
    ]  # fmt: skip


def test_a_sample_ends_them(catalog: Catalog) -> None:
    assert letters(after_course_1(catalog, "2026-07-27", sampled_on=(*MONTHS, "2026-07-26"))) == []


def test_a_waiver_ends_them(catalog: Catalog) -> None:
    waived = Waived(dt.date(2026, 7, 26), "cbc/1.4", "known from elsewhere")
    assert letters(after_course_1(catalog, "2026-07-27", sampled_on=MONTHS, events=(waived,))) == []


def test_a_death_ends_them_h36(catalog: Catalog) -> None:
    died = Died(dt.date(2026, 7, 26))
    assert after_course_1(catalog, "2026-07-27", sampled_on=MONTHS, events=(died,)).letters == ()


def test_a_stop_ends_none_because_surveillance_goes_on(catalog: Catalog) -> None:
    stopped = Stopped(dt.date(2026, 7, 1), "wishes it")
    assert letters(after_course_1(catalog, "2026-07-16", sampled_on=MONTHS, events=(stopped,))) == [
        "patient cbc/1.4 2026-07-16"
    ]


def test_it_looks_again_on_the_day_of_the_next_letter(catalog: Catalog) -> None:
    calendar = after_course_1(catalog, "2026-07-14", sampled_on=MONTHS)
    assert calendar.attention_on == dt.date(2026, 7, 16)
