"""What values say to a gate, in the ways that no released protocol asks: too old to pass, several in a row."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from typing import Any

import msgspec
import pytest

from monitor.catalog import load_catalog
from monitor.labs.chart import chart_of
from monitor.labs.gate_values import value_evidence
from monitor.labs.gates import Gate, GateAnswer, concerns, gates_of
from monitor.labs.subject import Subject
from monitor.protocols.gate_answers import GateResult, Surroundings, gate_results
from monitor.spans import Span
from tests.protocol_files import ROOT
from tests.spec.valued import value_of

LAST_TABLET = dt.date(2026, 5, 16)
STARTED = dt.date(2026, 4, 13)
NOTHING_ELSE = Surroundings(answers={}, calendar={}, signs=())


class _File(msgspec.Struct):
    gates: tuple[Gate, ...]


def _span(_wanted: type, value: Any) -> Span:
    return Span.parse(value)


@cache
def gate(name: str) -> Gate:
    text = (ROOT / "tests" / "data" / "gates" / "primitives.toml").read_text(encoding="utf-8")
    found = msgspec.convert(tomllib.loads(text), _File, dec_hook=_span).gates
    return next(one for one in gates_of(found, profile="eu") if one.id == name)


def answered(name: str, *values: tuple[str, str, dt.date], on: dt.date) -> GateResult:
    """The gate on a day, after values such as `("lymphocytes", "0.79", day)`."""
    chart = chart_of(value_of(analyte, text, day) for analyte, text, day in values)
    subject = Subject(dictionary=load_catalog().dictionary, chart=chart, sex="male", born_on=dt.date(1986, 1, 1))
    (result,) = gate_results((gate(name),), subject, NOTHING_ELSE, on=on)
    return result


@pytest.mark.parametrize(
    ("value", "age", "says"),
    (
        ("0.79", 10, "block"), ("0.80", 10, "pass"), ("0.81", 10, "pass"), ("0.95", 120, "block"),
        ("0.95", 31, "block"), ("0.95", 30, "pass"), ("<0.8", 10, "block"), ("<1.0", 10, "ask"),
    ),
)  # fmt: skip
def test_vector_l6_lymphocytes_before_the_second_year(value: str, age: int, says: str) -> None:
    on = dt.date(2027, 4, 13)
    result = answered("lymphocytes", ("lymphocytes", value, on - dt.timedelta(days=age)), on=on)
    assert (result.answer.value, result.age_days) == (says, age)


def test_vector_l6_what_is_too_old_says_so_and_what_is_missing_too() -> None:
    on = dt.date(2027, 4, 13)
    old = answered("lymphocytes", ("lymphocytes", "0.95", on - dt.timedelta(days=120)), on=on)
    assert old.because == "older than 30 days"
    assert answered("lymphocytes", on=on).because == "no value of lymphocytes"


def test_vector_c2_the_second_year_of_cladribine() -> None:
    """Not before 43 weeks after the last tablet, nominally twelve months after the first, at the latest six later."""
    not_before, nominal = Span.parse("43 weeks").after(LAST_TABLET), Span.parse("12 months").after(STARTED)
    at_the_latest = Span.parse("6 months").after(nominal)
    days = [not_before, nominal, at_the_latest]
    assert [str(day) for day in days] == ["2027-03-13", "2027-04-13", "2027-10-13"]
    low = ("lymphocytes", "0.79")
    said = [answered("lymphocytes", (*low, day - dt.timedelta(days=7)), on=day).answer for day in days]
    assert said == [GateAnswer.BLOCK] * 3
    recovered = ("lymphocytes", "0.8", at_the_latest)
    both = answered("lymphocytes", (*low, nominal), recovered, on=at_the_latest)
    assert both.answer is GateAnswer.PASS


@pytest.mark.parametrize(
    ("values", "says"),
    (
        ((), "ask"),
        ((("120", 0),), "ask"),
        ((("120", 0), ("130", 27)), "ask"),
        ((("120", 0), ("130", 28)), "pass"),
        ((("120", 0), ("130", 10), ("125", 28)), "pass"),
        ((("120", 0), ("99", 28)), "ask"),
        ((("99", 0), ("130", 28)), "ask"),
    ),
)
def test_so_many_in_a_row_must_pass(values: tuple[tuple[str, int], ...], says: str) -> None:
    on = dt.date(2026, 6, 2)
    counts = [("platelets", value, on - dt.timedelta(days=age)) for value, age in values]
    assert answered("platelets_twice", *counts, on=on).answer.value == says


def test_a_value_of_the_day_after_is_not_known_yet() -> None:
    subject = Subject(
        dictionary=load_catalog().dictionary, chart=chart_of([value_of("lymphocytes", "0.5", dt.date(2026, 6, 3))])
    )
    assert value_evidence(gate("lymphocytes"), subject, on=dt.date(2026, 6, 2)) is None


@pytest.mark.parametrize(
    ("sex", "can_bear", "is_first_day", "asked"),
    (
        ("female", None, True, True), ("female", True, True, True), ("female", False, True, False),
        ("male", None, True, False), ("other", None, True, True), ("female", None, False, False),
    ),
)  # fmt: skip
def test_a_gate_concerns_whom_it_is_about(sex: str, can_bear: bool | None, is_first_day: bool, asked: bool) -> None:  # noqa: FBT001 - a column of the table
    pregnancy = Gate("pregnancy", "pregnancy", "policy", sex="female", unless_childbearing_potential_is=False)
    found = concerns(pregnancy, sex=sex, childbearing_potential=can_bear, is_first_day=is_first_day)
    assert found is asked


def test_a_gate_of_every_dose_is_asked_on_later_days_too() -> None:
    later = {"sex": "male", "childbearing_potential": None, "is_first_day": False}
    assert concerns(gate("platelets_twice"), **later)  # type: ignore[arg-type]
    assert not concerns(gate("lymphocytes"), **later)  # type: ignore[arg-type]
