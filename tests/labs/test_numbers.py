"""The strict grammar of numbers: an optional comparator, digits, at most one point between digits, and nothing else."""

from __future__ import annotations

import string
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitor.labs.quantities import Comparator, Quantity, Unreadable, read
from tests.labs.conftest import Shelf

REFUSED = (
    "", " ", "212 ", " 212", "212\n", "\t212", "2 12", "+212", "-212", "1e3", "1E3", "2.12e2", "NaN", "nan",
    "Infinity", "inf", "212,5", "1,000", "1.000.000", ".5", "5.", ".", "<", ">=", "< 5", "<.5", "<5.", "=5",
    "<>5", "<<5", "=<5", "5<", "≤5", "≥5", "~5", "5-6", "5±1", "1/2", "0x10", "1_000", "٢١٢", "２１２", "²",
    "212*", "212 G/L", "neg", "1+", "++", "sNaN", "five", "12\x00",
)  # fmt: skip


@pytest.mark.parametrize("value", REFUSED)
def test_h10_it_refuses_what_is_not_a_number(shelf: Shelf, value: str) -> None:
    found = read(shelf["platelets"], value=value, unit="G/L")

    assert isinstance(found, Unreadable)
    assert found.field == "value"


@pytest.mark.parametrize(
    ("value", "comparator", "number"),
    (
        ("212", None, "212"),
        ("0", None, "0"),
        ("007", None, "7"),
        ("0.50", None, "0.5"),
        ("<5", Comparator.BELOW, "5"),
        ("<=5.5", Comparator.AT_MOST, "5.5"),
        (">1000", Comparator.ABOVE, "1000"),
        (">=1000", Comparator.AT_LEAST, "1000"),
    ),
)
def test_it_reads_a_number(shelf: Shelf, value: str, comparator: Comparator | None, number: str) -> None:
    found = read(shelf["platelets"], value=value, unit="G/L")

    assert isinstance(found, Quantity)
    assert (found.comparator, found.value) == (comparator, Decimal(number))


def test_h14_it_takes_the_comma_for_the_point_only_when_told(shelf: Shelf) -> None:
    creatinine = shelf["creatinine"]

    with_comma = read(creatinine, value="<1,25", unit="mg/dL", decimal="comma")

    assert isinstance(with_comma, Quantity)
    assert with_comma.value == Decimal("110.5")
    assert isinstance(read(creatinine, value="1.25", unit="mg/dL", decimal="comma"), Unreadable)
    assert isinstance(read(creatinine, value="1,25", unit="mg/dL"), Unreadable)


@given(value=st.text(alphabet=string.printable + "٣²½,", max_size=8))
def test_it_reads_nothing_that_the_grammar_does_not_say(shelf: Shelf, value: str) -> None:
    assume(not is_by_the_grammar(value))

    assert isinstance(read(shelf["platelets"], value=value, unit="G/L"), Unreadable)


@given(value=st.from_regex(r"(<|<=|>|>=)?[0-9]{1,12}(\.[0-9]{1,12})?", fullmatch=True))
def test_it_reads_everything_that_the_grammar_says(shelf: Shelf, value: str) -> None:
    assert isinstance(read(shelf["platelets"], value=value, unit="G/L"), Quantity)


@pytest.mark.parametrize(
    "value",
    ("9" * 2_000_000, "0." + "0" * 2_000_000 + "1", "<" + "1" * 5_000, "1" * 5_000 + "x"),
    ids=("huge", "tiny", "comparator", "no number"),
)
def test_it_survives_endless_digits(shelf: Shelf, value: str) -> None:
    found = read(shelf["rbc"], value=value, unit="/mm3")

    assert isinstance(found, Unreadable) == value.endswith("x")
    assert isinstance(found, Unreadable) or not found.is_usable


def is_by_the_grammar(value: str) -> bool:
    """The grammar once more, spelled without a regular expression."""
    number = value.lstrip("<>=")
    if value[: len(value) - len(number)] not in {"", "<", "<=", ">", ">="}:
        return False
    whole, point, part = number.partition(".")
    pieces = [whole, part] if point else [whole]
    return all(piece and set(piece) <= set(string.digits) for piece in pieces)
