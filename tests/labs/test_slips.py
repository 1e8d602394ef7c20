"""A number that looks like that of another unit is asked about, not taken and not corrected."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.labs.quantities import Quantity, read
from monitor.labs.slips import looks_like
from tests.labs.conftest import Shelf

SLIPS = (  # analyte, first and last number that looks so, in the unit beside it
    ("creatinine", "0.3", "3", "mg/dL"),
    ("creatinine", "4", "15", "mg/L"),
    ("platelets", "20000", "900000", "/uL"),
    ("lymphocytes", "200", "6000", "/uL"),
    ("haemoglobin", "5", "20", "g/dL"),
    ("csf_protein", "15", "200", "mg/dL"),
    ("glu", "40", "400", "mg/dL"),
    ("csf_glucose", "40", "400", "mg/dL"),
)
STEP = Decimal("0.01")


def look(shelf: Shelf, name: str, value: Decimal | str, unit: str | None = None) -> str | None:
    analyte = shelf[name]
    typed = analyte.unit if unit is None else unit
    found = read(analyte, value=format(value, "f") if isinstance(value, Decimal) else value, unit=typed)
    assert isinstance(found, Quantity)
    return looks_like(analyte, found, unit=typed)


@pytest.mark.parametrize(("name", "low", "high", "unit"), SLIPS)
def test_h01_it_asks_about_a_number_that_looks_like_another_unit(
    shelf: Shelf, name: str, low: str, high: str, unit: str
) -> None:
    first, last = Decimal(low), Decimal(high)

    assert [look(shelf, name, number) for number in (first, first + STEP, last - STEP, last)] == [unit] * 4
    assert [look(shelf, name, number) for number in (first - STEP, last + STEP)] == [None, None]


@pytest.mark.parametrize(("name", "low", "high", "unit"), SLIPS)
def test_it_suggests_a_unit_in_which_the_number_can_be_true(
    shelf: Shelf, name: str, low: str, high: str, unit: str
) -> None:
    for number in (low, high):
        found = read(shelf[name], value=number, unit=unit)
        assert isinstance(found, Quantity)
        assert found.is_plausible


def test_these_tables_hold_every_slip_of_the_dictionary(shelf: Shelf) -> None:
    held = {
        (analyte.id, slip.low, slip.high, slip.unit) for analyte in shelf.dictionary.analytes for slip in analyte.slips
    }

    assert held == {(name, Decimal(low), Decimal(high), unit) for name, low, high, unit in SLIPS}


@pytest.mark.parametrize(
    ("name", "value", "unit", "expected"),
    (
        ("platelets", "212000", "/mm3", None),  # it was typed in the unit that it looks like
        ("platelets", "212000", "K/µL", "/uL"),
        ("platelets", "212000", " x10^9/L ", "/uL"),
        ("platelets", "212", "G/L", None),
        ("creatinine", "0.9", "mg/dL", None),
        ("creatinine", "9", "mg/L", None),
        ("creatinine", "3.5", "umol/L", None),
        ("haemoglobin", "13.2", "g/dL", None),
        ("tsh", "4.2", "mUI/L", None),
        ("alt", "34", "UI/L", None),
        ("inr", "1.1", "", None),
    ),
)
def test_it_looks_only_at_what_was_typed_in_the_canonical_unit(
    shelf: Shelf, name: str, value: str, unit: str, expected: str | None
) -> None:
    assert look(shelf, name, value, unit) == expected


def test_it_asks_nothing_of_a_step(shelf: Shelf) -> None:
    found = read(shelf["urine_protein_strip"], value="2+", unit=None)

    assert isinstance(found, Quantity)
    assert looks_like(shelf["urine_protein_strip"], found, unit=None) is None
