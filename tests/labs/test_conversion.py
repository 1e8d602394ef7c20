"""A value in any accepted unit becomes the same amount in the canonical one, exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.labs.quantities import Quantity, read
from tests.labs.conftest import Shelf

# Vector L1 of the clinical reference, with the exact products.
L1 = (
    ("creatinine", "12", "mg/L", "106.08"),
    ("bilirubin_total", "8", "mg/L", "13.68"),
    ("ft4", "1.2", "ng/dL", "15.444"),
    ("upcr", "250", "mg/g", "28.25"),
    ("haemoglobin", "9.8", "g/dL", "98"),
    ("platelets", "72000", "/mm3", "72"),
    ("csf_protein", "68", "mg/dL", "0.68"),
    ("urea", "0.40", "g/L", "6.66"),
)
OTHERS = (
    ("platelets", "212", "G/L", "212"),
    ("platelets", "212", "10*3/uL", "212"),
    ("lymphocytes", "640", "/µL", "0.640"),
    ("rbc", "4.71", "T/L", "4.71"),
    ("rbc", "4710000", "/mm3", "4.71"),
    ("haemoglobin", "8.0", "mmol/L", "128.88"),
    ("hct", "0.41", "L/L", "41"),
    ("cd4", "0.212", "10*9/L", "212"),
    ("cd4", "212", "/uL", "212"),
    ("fib", "310", "mg/dL", "3.10"),
    ("creatinine", "0.9", "mg/dL", "79.56"),
    ("urea", "14", "mg/dL", "4.998"),
    ("k", "4.1", "mEq/L", "4.1"),
    ("urine_protein", "30", "mg/dL", "0.30"),
    ("urine_protein_24h", "340", "mg/24h", "0.340"),
    ("upcr", "0.5", "g/g", "56.5"),
    ("ualb_cr", "30", "mg/g", "3.39"),
    ("urine_rbc", "12000", "/mL", "12"),
    ("alt", "34", "UI/L", "34"),
    ("alt", "0.75", "ukat/L", "45"),
    ("bilirubin_total", "1.1", "mg/dL", "18.81"),
    ("ferr", "120", "ng/mL", "120"),
    ("tg", "1.20", "g/L", "1.3548"),
    ("tg", "150", "mg/dL", "1.6935"),
    ("glu", "0.95", "g/L", "5.2725"),
    ("crp", "0.5", "mg/dL", "5"),
    ("tsh", "2.31", "mUI/L", "2.31"),
    ("tsh", "2.31", "µUI/mL", "2.31"),
    ("ft4", "12.0", "pg/mL", "15.444"),
    ("ft3", "3.0", "pg/mL", "4.608"),
    ("tpoab", "12", "UI/mL", "12"),
    ("hcg_s", "25", "mUI/mL", "25"),
    ("csf_leukocytes", "3", "/mm3", "3"),
    ("csf_protein", "420", "mg/L", "0.42"),
    ("csf_glucose", "60", "mg/dL", "3.33"),
    ("csf_op", "10", "mmHg", "13.6"),
    ("nfl_plasma", "21.4", "ng/L", "21.4"),
    ("egfr", "87", "mL/min/1,73 m²", "87"),
    ("igg", "980", "mg/dL", "9.8"),
)


@pytest.mark.parametrize(("analyte", "value", "unit", "canonical"), L1 + OTHERS)
def test_it_converts(shelf: Shelf, analyte: str, value: str, unit: str, canonical: str) -> None:
    found = read(shelf[analyte], value=value, unit=unit)

    assert isinstance(found, Quantity)
    assert found.value == Decimal(canonical)
    assert found.unit == shelf[analyte].unit


NUMBERS = st.from_regex(r"[0-9]{1,60}(\.[0-9]{1,60})?", fullmatch=True)


@given(data=st.data(), number=NUMBERS)
def test_it_never_rounds(shelf: Shelf, data: st.DataObject, number: str) -> None:
    analyte = data.draw(st.sampled_from([a for a in shelf.dictionary.analytes if a.needs_unit]))
    unit, factor = data.draw(st.sampled_from(sorted(analyte.factors.items())))

    found = read(analyte, value=number, unit=unit)

    assert isinstance(found, Quantity)
    assert isinstance(found.value, Decimal)
    assert Fraction(found.value) == Fraction(number) * Fraction(factor)
    assert Decimal(found.text) == found.value


@given(data=st.data(), one=NUMBERS, other=NUMBERS)
def test_it_keeps_the_order_of_values(shelf: Shelf, data: st.DataObject, one: str, other: str) -> None:
    analyte = data.draw(st.sampled_from([a for a in shelf.dictionary.analytes if a.needs_unit]))
    unit = data.draw(st.sampled_from(sorted(analyte.factors)))

    first, second = read(analyte, value=one, unit=unit), read(analyte, value=other, unit=unit)

    assert isinstance(first, Quantity)
    assert isinstance(second, Quantity)
    assert (first.value < second.value) == (Decimal(one) < Decimal(other))  # type: ignore[operator]


def test_it_writes_the_canonical_value_without_an_exponent(shelf: Shelf) -> None:
    found = read(shelf["rbc"], value="1", unit="/uL")

    assert isinstance(found, Quantity)
    assert found.text == "0.000001"
