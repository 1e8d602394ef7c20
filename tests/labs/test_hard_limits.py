"""A number that cannot be true satisfies no duty until somebody has confirmed it."""

from __future__ import annotations

import pytest

from monitor.labs.analyte import Analyte
from monitor.labs.quantities import Quantity, Unreadable, read
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
    assert is_usable(shelf[analyte], value, unit, is_confirmed=False)


@pytest.mark.parametrize(("analyte", "value", "unit"), IMPLAUSIBLE)
def test_h16_it_counts_the_incredible_only_once_confirmed(shelf: Shelf, analyte: str, value: str, unit: str) -> None:
    assert not is_usable(shelf[analyte], value, unit, is_confirmed=False)
    assert is_usable(shelf[analyte], value, unit, is_confirmed=True)


def test_it_keeps_an_incredible_value_readable(shelf: Shelf) -> None:
    found = read(shelf["platelets"], value="72000", unit="G/L", is_confirmed=True)

    assert isinstance(found, Quantity)
    assert (found.is_plausible, found.is_confirmed, found.is_usable) == (False, True, True)


@pytest.mark.parametrize("is_confirmed", (True, False))
@pytest.mark.parametrize(("value", "unit"), (("212", None), ("212", ""), ("212", "g/L"), ("many", "G/L")))
def test_h01_it_lets_no_confirmation_stand_for_a_unit_or_a_number(
    shelf: Shelf,
    value: str,
    unit: str | None,
    is_confirmed: bool,  # noqa: FBT001 - the table of the test
) -> None:
    assert isinstance(read(shelf["platelets"], value=value, unit=unit, is_confirmed=is_confirmed), Unreadable)


def is_usable(analyte: Analyte, value: str, unit: str, *, is_confirmed: bool) -> bool:
    found = read(analyte, value=value, unit=unit, is_confirmed=is_confirmed)
    assert isinstance(found, Quantity)
    return found.is_usable
