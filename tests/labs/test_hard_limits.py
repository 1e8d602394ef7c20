"""A number that cannot be true satisfies no duty until somebody has confirmed it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.labs.quantities import Quantity, read, usable
from tests.labs.conftest import Shelf

# platelets: 0 to 3000; aptt: 10 to 300
PLAUSIBLE = (
    ("platelets", "0", "G/L"),
    ("platelets", "3000", "G/L"),
    ("platelets", "3000000", "/mm3"),
    ("platelets", "<5", "G/L"),
    ("platelets", "<=0", "G/L"),
    ("platelets", ">0", "G/L"),
    ("platelets", ">=3000", "G/L"),
    ("platelets", "<3000", "G/L"),
    ("platelets", ">2999.9", "G/L"),
    ("aptt", "10", "s"),
    ("aptt", "<10.1", "s"),
    ("aptt", ">=300", "s"),
)
IMPLAUSIBLE = (
    ("platelets", "3000.001", "G/L"),
    ("platelets", "72000", "G/L"),  # typed as if by the microlitre
    ("platelets", "3000001", "/mm3"),
    ("platelets", "<0", "G/L"),
    ("platelets", ">3000", "G/L"),
    ("platelets", ">=3000.1", "G/L"),
    ("platelets", "<3000.1", "G/L"),
    ("aptt", "9.99", "s"),
    ("aptt", "<10", "s"),
    ("aptt", "<=9.9", "s"),
    ("aptt", ">300", "s"),
    ("haemoglobin", "9.8", "g/L"),  # meant by the decilitre
)


@pytest.mark.parametrize(("analyte", "value", "unit"), PLAUSIBLE)
def test_it_counts_what_can_be_true(shelf: Shelf, analyte: str, value: str, unit: str) -> None:
    assert usable(shelf[analyte], value=value, unit=unit, is_confirmed=False)[0]


@pytest.mark.parametrize(("analyte", "value", "unit"), IMPLAUSIBLE)
def test_it_counts_the_incredible_only_once_confirmed(shelf: Shelf, analyte: str, value: str, unit: str) -> None:
    assert not usable(shelf[analyte], value=value, unit=unit, is_confirmed=False)[0]
    assert usable(shelf[analyte], value=value, unit=unit, is_confirmed=True)[0]


def test_it_keeps_an_incredible_value_readable(shelf: Shelf) -> None:
    found = read(shelf["platelets"], value="72000", unit="G/L", is_confirmed=True)

    assert isinstance(found, Quantity)
    assert (found.is_plausible, found.is_confirmed, found.is_usable) == (False, True, True)


@pytest.mark.parametrize("is_confirmed", (True, False))
@pytest.mark.parametrize(("value", "unit"), (("212", None), ("212", ""), ("212", "g/L"), ("many", "G/L")))
def test_it_lets_no_confirmation_stand_for_a_unit_or_a_number(
    shelf: Shelf,
    value: str,
    unit: str | None,
    is_confirmed: bool,  # noqa: FBT001 - the table of the test
) -> None:
    assert not usable(shelf["platelets"], value=value, unit=unit, is_confirmed=is_confirmed)[0]


@given(
    name=st.sampled_from(["platelets", "aptt", "urine_protein_strip", "inr"]),
    value=st.sampled_from(["212", "neg", "<0", "1.1", "x", "99999", "9" * 70]),
    unit=st.sampled_from([None, "", "G/L", "s", "1", "g/L", "G/L" * 30]),
    is_confirmed=st.booleans(),
)
def test_it_gives_the_quick_answer_that_reading_would_give(
    shelf: Shelf,
    name: str,
    value: str,
    unit: str | None,
    is_confirmed: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    found = read(shelf[name], value=value, unit=unit, is_confirmed=is_confirmed)

    quick = usable(shelf[name], value=value, unit=unit, is_confirmed=is_confirmed)[0]

    assert quick == (isinstance(found, Quantity) and found.is_usable)
