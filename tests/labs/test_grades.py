"""The grade of every graded analyte at each of its limits, one step below it and one step above."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.labs.analyte import Analyte
from monitor.labs.grades import ctcae_grade
from monitor.labs.quantities import Quantity, read
from monitor.labs.ranges import Reference, reference
from tests.labs.conftest import Shelf

STEP = Decimal("0.001")
NO_LIMITS = Reference(None, None, is_fallback=False)

# Each border with the grade that begins beyond it. The laboratory's own limits differ from those of the dictionary, so
# that a grade counted from the wrong one is seen.
Borders = tuple[tuple[str, int], ...]
BELOW: tuple[tuple[str, str | None, Borders], ...] = (  # analyte, lower limit of the laboratory, borders
    ("leukocytes", "3.8", (("3.8", 1), ("3.0", 2), ("2.0", 3), ("1.0", 4))),
    ("neutrophils", "1.7", (("1.7", 1), ("1.5", 2), ("1.0", 3), ("0.5", 4))),
    ("lymphocytes", "1.2", (("1.2", 1), ("0.8", 2), ("0.5", 3), ("0.2", 4))),
    ("haemoglobin", "125", (("125", 1), ("100", 2), ("80", 3))),
    ("platelets", "140", (("140", 1), ("75", 2), ("50", 3), ("25", 4))),
    ("cd4", "600", (("600", 1), ("500", 2), ("200", 3), ("50", 4))),
    ("fib", "1.6", (("1.6", 1), ("1.2", 2), ("0.8", 3), ("0.4", 4))),
    ("egfr", None, (("90", 1), ("60", 2), ("30", 3), ("15", 4))),
    ("k", "3.4", (("3.4", 1), ("3.0", 3), ("2.5", 4))),
    ("alb", "34", (("34", 1), ("30", 2), ("20", 3))),
    ("glu", "4.0", (("4.0", 1), ("3.0", 2), ("2.2", 3), ("1.7", 4))),
)
ABOVE: tuple[tuple[str, str | None, Borders], ...] = (  # analyte, upper limit of the laboratory, borders
    ("eos", "0.6", (("0.6", 1),)),
    ("inr", "1.1", (("1.2", 1), ("1.5", 2), ("2.5", 3))),
    ("aptt", "40", (("40", 1), ("60", 2), ("100", 3))),
    ("aptt_ratio", "1.1", (("1.1", 1), ("1.65", 2), ("2.75", 3))),
    ("creatinine", "100", (("100", 1), ("150", 2), ("300", 3), ("600", 4))),
    ("k", "5.1", (("5.1", 1), ("5.5", 2), ("6.0", 3), ("7.0", 4))),
    ("alt", "50", (("50", 1), ("150", 2), ("250", 3), ("1000", 4))),
    ("ast", "50", (("50", 1), ("150", 2), ("250", 3), ("1000", 4))),
    ("alp", "100", (("100", 1), ("250", 2), ("500", 3), ("2000", 4))),
    ("ggt", "60", (("60", 1), ("150", 2), ("300", 3), ("1200", 4))),
    ("bilirubin_total", "20", (("20", 1), ("30", 2), ("60", 3), ("200", 4))),
    ("ck", "180", (("180", 1), ("450", 2), ("900", 3), ("1800", 4))),
    ("ldh", "240", (("240", 1),)),
    ("tg", None, (("3.42", 2), ("5.7", 3), ("11.4", 4))),
)
REACHED: tuple[tuple[str, str | None, Borders], ...] = (  # these grades include their border
    ("urine_protein_24h", "0.14", (("0.14", 1), ("1.0", 2), ("3.5", 3))),
    ("upcr", "20", (("20", 1), ("100", 2), ("350", 3))),
    ("tg", None, (("1.71", 1),)),
)
STEPS = (
    ("neg", 0), ("trace", 0), ("1+", 1), ("2+", 2), ("3+", 2), ("4+", 3),
)  # fmt: skip


def quantity(analyte: Analyte, value: str) -> Quantity:
    found = read(analyte, value=value, unit=analyte.unit)
    assert isinstance(found, Quantity)
    return found


def grade(
    analyte: Analyte,
    value: Decimal | str,
    *,
    lower: str | None = None,
    upper: str | None = None,
    base: str | None = None,
) -> int | None:
    limits = reference(
        analyte,
        lower=None if lower is None else Decimal(lower),
        upper=None if upper is None else Decimal(upper),
        sex="male",
        age=50,
    )
    baseline = None if base is None else Decimal(base)
    return ctcae_grade(analyte, quantity(analyte, format(value, "f") if isinstance(value, Decimal) else value), limits,
                       baseline=baseline)  # fmt: skip


@pytest.mark.parametrize(("name", "lower", "borders"), BELOW, ids=[row[0] for row in BELOW])
def test_it_grades_what_is_too_low(shelf: Shelf, name: str, lower: str | None, borders: Borders) -> None:
    milder = 0
    for border, here in borders:
        limit = Decimal(border)
        found = [grade(shelf[name], limit + by, lower=lower) for by in (STEP, Decimal(0), -STEP)]
        assert found == [milder, milder, here], border
        milder = here


@pytest.mark.parametrize(("name", "upper", "borders"), ABOVE, ids=[row[0] for row in ABOVE])
def test_it_grades_what_is_too_high(shelf: Shelf, name: str, upper: str | None, borders: Borders) -> None:
    milder = borders[0][1] - 1
    for border, here in borders:
        limit = Decimal(border)
        found = [grade(shelf[name], limit + by, upper=upper) for by in (-STEP, Decimal(0), STEP)]
        assert found == [milder, milder, here], border
        milder = here


@pytest.mark.parametrize(("name", "upper", "borders"), REACHED, ids=[row[0] for row in REACHED])
def test_it_grades_from_a_border_on(shelf: Shelf, name: str, upper: str | None, borders: Borders) -> None:
    milder = 0
    for border, here in borders:
        limit = Decimal(border)
        found = [grade(shelf[name], limit + by, upper=upper) for by in (-STEP, Decimal(0), STEP)]
        assert found == [milder, here, here], border
        milder = here


@pytest.mark.parametrize(("step", "expected"), STEPS)
def test_it_grades_a_strip(shelf: Shelf, step: str, expected: int) -> None:
    analyte = shelf["urine_protein_strip"]
    found = read(analyte, value=step, unit=None)

    assert isinstance(found, Quantity)
    assert ctcae_grade(analyte, found, NO_LIMITS) == expected


def test_these_tables_hold_every_grade_of_the_dictionary(shelf: Shelf) -> None:
    tested: dict[str, list[int]] = {"urine_protein_strip": [1, 2, 3], "creatinine": [2, 3]}  # its baseline: next test
    for name, _, borders in (*BELOW, *ABOVE, *REACHED):
        tested.setdefault(name, []).extend(here for _, here in borders)
    held = {one.id: sorted(rule.grade for rule in one.grades) for one in shelf.dictionary.analytes if one.grades}

    assert held == {name: sorted(grades) for name, grades in tested.items()}


@pytest.mark.parametrize(
    ("value", "base", "expected"),
    (
        ("75", "50", 0), ("75.001", "50", 2), ("150", "50", 2), ("150.001", "50", 3),
        ("101", "80", 1), ("101", None, 1), ("601", "50", 4), ("151", "200", 2), ("99", None, 0),
    ),
)  # fmt: skip
def test_it_grades_creatinine_by_the_worse_of_limit_and_baseline(
    shelf: Shelf, value: str, base: str | None, expected: int
) -> None:
    assert grade(shelf["creatinine"], value, upper="100", base=base) == expected


@pytest.mark.parametrize(
    ("value", "base", "expected"), (("0.61", None, 1), ("0.61", "0.6", 1), ("0.61", "0.61", 0), ("0.6", "0.2", 0))
)
def test_it_grades_eosinophils_above_both_limit_and_baseline(
    shelf: Shelf, value: str, base: str | None, expected: int
) -> None:
    assert grade(shelf["eos"], value, upper="0.6", base=base) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    (
        ("platelets", "<50", 3), ("platelets", "<=50", 3), ("platelets", "<50.1", 2), ("platelets", ">50", 2),
        ("platelets", ">=150", 0), ("platelets", "<150", 1), ("inr", ">1.2", 1), ("inr", ">=1.2", 1),
        ("inr", "<1.2", 0),
        ("urine_protein_24h", "<1.0", 1), ("urine_protein_24h", ">=1.0", 2),
    ),
)  # fmt: skip
def test_h10_a_bounded_value_is_graded_just_beyond_its_bound(
    shelf: Shelf, name: str, value: str, expected: int
) -> None:
    assert grade(shelf[name], value) == expected


@pytest.mark.parametrize("name", ("mono", "tsh", "crp", "urine_blood_strip", "umens"))
def test_it_leaves_the_others_ungraded(shelf: Shelf, name: str) -> None:
    analyte = shelf[name]
    value = analyte.steps[-1].name if analyte.is_ordinal else "9"

    assert grade(analyte, value) is None


def test_it_says_nothing_where_a_limit_is_not_known(shelf: Shelf) -> None:
    found = [
        ctcae_grade(shelf[name], quantity(shelf[name], value), NO_LIMITS)
        for name, value in (("alt", "34"), ("platelets", "212"), ("platelets", "49"), ("eos", "0.3"), ("egfr", "95"))
    ]

    assert found == [None, None, 3, None, 0]
