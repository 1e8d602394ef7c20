"""A value far from the one before makes one ask whether it is the same patient: at the limit, and on both sides."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.labs.deltas import delta_question
from monitor.labs.measured import measure
from monitor.labs.values import Value
from tests.labs.conftest import Shelf

DAY = dt.date(2026, 6, 2)

FAR = (  # analyte, value before, near values, far values
    ("leukocytes", "8", ("4", "12", "<4.1"), ("3.99", "12.01", "<4")),
    ("neutrophils", "5", ("2", "8"), ("1.99", "8.01")),
    ("lymphocytes", "2", ("0.8", "3.2"), ("0.79", "3.21")),
    ("rbc", "5", ("4", "6"), ("3.99", "6.01")),
    ("hct", "40", ("32", "48"), ("31.9", "48.1")),
    ("haemoglobin", "140", ("120.1", "160", "200", ">=120"), ("120", "119.9", "<120", "<=120")),
    ("mcv", "90", ("85", "95"), ("84.9", "95.1")),
    ("platelets", "300", ("150.1", "600"), ("150", "149.9", "99")),
    ("creatinine", "80", ("103.9", "40"), ("104", "104.1", ">104")),
    ("egfr", "100", ("75.1", "150"), ("75", "74.9")),
    ("k", "4.0", ("3.0", "5.0"), ("2.9", "5.1", ">5.0")),
    ("na", "140", ("130", "150"), ("129.9", "150.1")),
    ("urine_protein_strip", "trace", ("neg", "1+"), ("2+", "4+")),
    ("upcr", "20", ("39.9", "5"), ("40", "40.1")),
    ("tsh", "1.5", ("0.51", "4.49"), ("0.5", "4.5", "0.49", "4.51")),
    ("csf_leukocytes", "10", ("2.1", "49"), ("2", "50", "51")),
    ("csf_protein", "0.40", ("0.21", "0.79"), ("0.20", "0.80")),
)
WITHIN = (("leukocytes", "8", "2", 30), ("haemoglobin", "140", "110", 30), ("mcv", "90", "80", 30),
          ("creatinine", "80", "120", 60))  # fmt: skip


def value(shelf: Shelf, name: str, number: str, on: dt.date = DAY) -> Value:
    found = measure(shelf[name], value=number, unit=shelf[name].unit, collected_on=on)
    assert found is not None
    return found


def is_asked(shelf: Shelf, name: str, before: str, now: str, *, days: int = 7) -> bool:
    earlier = value(shelf, name, before, DAY - dt.timedelta(days=days))
    return delta_question(shelf[name], value(shelf, name, now), earlier) is not None


@pytest.mark.parametrize(("name", "before", "near", "far"), FAR, ids=[row[0] for row in FAR])
def test_it_asks_beyond_the_limit_and_not_before(
    shelf: Shelf, name: str, before: str, near: tuple[str, ...], far: tuple[str, ...]
) -> None:
    assert [number for number in near if is_asked(shelf, name, before, number)] == []
    assert [number for number in far if not is_asked(shelf, name, before, number)] == []


def test_this_table_holds_every_delta_of_the_dictionary(shelf: Shelf) -> None:
    assert {one.id for one in shelf.dictionary.analytes if one.delta is not None} == {row[0] for row in FAR}


@pytest.mark.parametrize(("name", "before", "now", "days"), WITHIN)
def test_it_asks_only_of_values_near_in_time(shelf: Shelf, name: str, before: str, now: str, days: int) -> None:
    assert is_asked(shelf, name, before, now, days=days)
    assert not is_asked(shelf, name, before, now, days=days + 1)


def test_these_periods_are_those_of_the_dictionary(shelf: Shelf) -> None:
    held = {one.id: one.delta.within_days for one in shelf.dictionary.analytes if one.delta and one.delta.within_days}

    assert held == {name: days for name, _, _, days in WITHIN}


def test_it_asks_about_few_platelets_whatever_came_before(shelf: Shelf) -> None:
    platelets = shelf["platelets"]

    assert delta_question(platelets, value(shelf, "platelets", "99.9"), None) is not None
    assert delta_question(platelets, value(shelf, "platelets", "<100"), None) is not None
    assert delta_question(platelets, value(shelf, "platelets", "100"), None) is None
    assert is_asked(shelf, "platelets", "105", "99")


@pytest.mark.parametrize(("name", "before", "now"), (("csf_leukocytes", "0", "1"), ("csf_leukocytes", "1", "0"),
                                                     ("lymphocytes", "0", "2"), ("tsh", "0", "2")))  # fmt: skip
def test_it_counts_no_share_or_multiple_of_nothing(shelf: Shelf, name: str, before: str, now: str) -> None:
    assert not is_asked(shelf, name, before, now)


def test_it_says_of_which_day_the_value_before_was(shelf: Shelf) -> None:
    earlier = value(shelf, "platelets", "300", dt.date(2026, 5, 2))

    found = delta_question(shelf["platelets"], value(shelf, "platelets", "140"), earlier)

    assert found == "far from the value of 2026-05-02: check the sample and the patient"


def test_it_asks_nothing_without_a_rule_or_a_value_before(shelf: Shelf) -> None:
    assert not is_asked(shelf, "crp", "1", "300")
    assert delta_question(shelf["tsh"], value(shelf, "tsh", "90"), None) is None
