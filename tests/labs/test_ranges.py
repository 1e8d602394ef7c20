"""Where a value lies: in the limits of its laboratory, or in the usual ones of adults of that sex and age."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.labs.points import Point
from monitor.labs.ranges import Range, Reference, range_of, reference, times_uln
from tests.labs.conftest import Shelf

Ends = tuple[str | None, str | None]
OF_EVERYBODY: dict[str, Ends] = {
    "leukocytes": ("4.0", "10.0"), "neutrophils": ("1.8", "7.5"), "lymphocytes": ("1.0", "4.0"), "mono": ("0.2", "1.0"),
    "eos": ("0.02", "0.5"), "baso": ("0", "0.1"), "mcv": ("80", "98"), "platelets": ("150", "400"),
    "cd4": ("500", "1500"), "cd19": ("100", "500"), "retic": ("20", "100"), "inr": ("0.8", "1.2"), "pt_s": ("11", "14"),
    "pt_pct": ("70", "130"), "aptt": ("25", "37"), "aptt_ratio": ("0.8", "1.2"), "fib": ("2.0", "4.0"),
    "f8inh": (None, "0.6"), "egfr": ("90", None), "urea": ("2.5", "7.5"), "k": ("3.5", "5.0"), "na": ("136", "145"),
    "urine_protein": (None, "0.15"), "urine_protein_24h": (None, "0.15"), "upcr": (None, "15"), "ualb_cr": (None, "3"),
    "urine_rbc_hpf": ("0", "3"), "urine_rbc": (None, "10"), "uwbc_hpf": ("0", "5"), "alp": ("35", "120"),
    "bilirubin_total": (None, "21"), "dbil": (None, "5"), "alb": ("35", "50"), "ldh": ("120", "250"),
    "tg": (None, "1.7"), "glu": ("3.9", "5.6"), "crp": (None, "5"), "tsh": ("0.4", "4.0"), "ft4": ("10", "23"),
    "ft3": ("3.5", "6.5"), "tpoab": (None, "35"), "trab": (None, "1.75"), "hcg_s": (None, "5"),
    "csf_leukocytes": ("0", "5"), "csf_erythrocytes": ("0", "10"), "csf_lymph_pct": ("60", "70"),
    "csf_protein": ("0.15", "0.45"), "csf_glucose": ("2.2", "4.4"), "csf_op": ("10", "25"), "igg": ("7", "16"),
    "igm": ("0.4", "2.3"), "iga": ("0.7", "4"),
}  # fmt: skip
BY_SEX: dict[str, tuple[Ends, Ends, Ends]] = {  # male, female, and the strictest of both
    "rbc": (("4.5", "5.8"), ("4.0", "5.3"), ("4.5", "5.3")),
    "haemoglobin": (("130", "170"), ("120", "160"), ("130", "160")),
    "hct": (("40", "52"), ("36", "47"), ("40", "47")),
    "creatinine": (("60", "110"), ("45", "90"), ("60", "90")),
    "alt": ((None, "45"), (None, "35"), (None, "35")),
    "ast": ((None, "40"), (None, "35"), (None, "35")),
    "ggt": ((None, "55"), (None, "38"), (None, "38")),
    "ck": (("40", "200"), ("30", "170"), ("40", "170")),
    "ferr": (("30", "300"), ("15", "150"), ("30", "150")),
}


def limits(
    shelf: Shelf, name: str, *, lower: str | None = None, upper: str | None = None, sex: str | None = "male",
    age: int | None = 50,
) -> Reference:  # fmt: skip
    return reference(
        shelf[name],
        lower=None if lower is None else Decimal(lower),
        upper=None if upper is None else Decimal(upper),
        sex=sex,
        age=age,
    )


def ends(low: str | None, high: str | None, *, is_fallback: bool) -> Reference:
    return Reference(None if low is None else Decimal(low), None if high is None else Decimal(high), is_fallback)


def test_it_knows_the_usual_values_of_everybody(shelf: Shelf) -> None:
    found = {(name, sex): limits(shelf, name, sex=sex) for name in OF_EVERYBODY for sex in ("male", "female", None)}

    assert found == {(name, sex): ends(*OF_EVERYBODY[name], is_fallback=True) for name, sex in found}


@pytest.mark.parametrize("name", BY_SEX)
def test_it_knows_the_usual_values_of_each_sex(shelf: Shelf, name: str) -> None:
    male, female, strictest = (ends(*row, is_fallback=True) for row in BY_SEX[name])

    assert limits(shelf, name, sex="male") == male
    assert limits(shelf, name, sex="female") == female
    assert limits(shelf, name, sex="other") == limits(shelf, name, sex=None) == strictest


def test_these_tables_hold_every_interval_of_the_dictionary(shelf: Shelf) -> None:
    assert {one.id for one in shelf.dictionary.analytes if one.intervals} == {*OF_EVERYBODY, *BY_SEX}


@pytest.mark.parametrize(("age", "high"), ((59, "0.45"), (60, "0.60"), (95, "0.60"), (None, "0.45"), (18, "0.45")))
def test_it_allows_older_people_more_protein_in_the_csf(shelf: Shelf, age: int | None, high: str) -> None:
    assert limits(shelf, "csf_protein", age=age) == ends("0.15", high, is_fallback=True)


@pytest.mark.parametrize(
    ("name", "lower", "upper", "expected"),
    (
        ("platelets", "140", "380", ends("140", "380", is_fallback=False)),
        ("platelets", None, "380", ends("150", "380", is_fallback=False)),
        ("platelets", "140", None, ends("140", "400", is_fallback=True)),
        ("egfr", "60", None, ends("60", None, is_fallback=False)),
        ("egfr", None, None, ends("90", None, is_fallback=True)),
        ("alt", None, "55", ends(None, "55", is_fallback=False)),
        ("nfl_plasma", None, None, ends(None, None, is_fallback=False)),
        ("nfl_plasma", None, "12", ends(None, "12", is_fallback=False)),
        # Another method: the missing side of the dictionary would call each of its values abnormal.
        ("ldh", "260", None, ends("260", None, is_fallback=False)),
        ("alp", None, "30", ends(None, "30", is_fallback=False)),
    ),
)
def test_it_takes_the_laboratorys_own_limits_first(
    shelf: Shelf, name: str, lower: str | None, upper: str | None, expected: Reference
) -> None:
    assert limits(shelf, name, lower=lower, upper=upper) == expected


@pytest.mark.parametrize(
    ("number", "side", "expected"),
    (
        ("149.9", 0, Range.LOW), ("150", 0, Range.NORMAL), ("400", 0, Range.NORMAL), ("400.1", 0, Range.HIGH),
        ("150", -1, Range.LOW), ("150", 1, Range.NORMAL), ("400", 1, Range.HIGH), ("400", -1, Range.NORMAL),
    ),
)  # fmt: skip
def test_it_calls_a_value_on_the_limit_normal(shelf: Shelf, number: str, side: int, expected: Range) -> None:
    assert range_of(Point(Decimal(number), side), limits(shelf, "platelets")) is expected


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    (("alt", "0", Range.NORMAL), ("alt", "45.1", Range.HIGH), ("egfr", "150", Range.NORMAL), ("egfr", "89", Range.LOW)),
)
def test_it_knows_ranges_with_one_end(shelf: Shelf, name: str, number: str, expected: Range) -> None:
    assert range_of(Point(Decimal(number)), limits(shelf, name)) is expected


def test_it_does_not_know_where_nothing_is_said(shelf: Shelf) -> None:
    assert range_of(Point(Decimal(9)), limits(shelf, "nfl_plasma")) is Range.UNKNOWN
    assert range_of(None, limits(shelf, "urine_protein_strip")) is Range.UNKNOWN


def test_l2_it_tells_the_exact_multiple_of_the_upper_limit(shelf: Shelf) -> None:
    found = times_uln(shelf["alt"], Point(Decimal(160)), limits(shelf, "alt", upper="45"))

    assert found is not None
    assert round(found, 2) == Decimal("3.56")
    assert abs(found * 45 - 160) < Decimal("1e-24")


def test_it_tells_multiples_where_people_speak_so(shelf: Shelf) -> None:
    told = {one.id for one in shelf.dictionary.analytes if one.shows_times_uln}

    assert told == {"alt", "ast", "alp", "ggt", "bilirubin_total", "ck", "creatinine", "ldh"}
    assert times_uln(shelf["tsh"], Point(Decimal(8)), limits(shelf, "tsh")) is None
    assert times_uln(shelf["alt"], Point(Decimal(8)), limits(shelf, "alt", upper="0")) is None
