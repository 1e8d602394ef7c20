"""Units: many spellings of one, and pairs that look alike and must never be taken for each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.labs.quantities import Quantity, Unreadable, read
from monitor.labs.units import one_spelling
from tests.labs.conftest import Shelf

COUNTS = (
    "10*9/L", "10^9/L", "10**9/L", "10E9/L", "10e9/L", r"10\S\9/L", "10⁹/L", "x10^9/L", "x10*9/L", "×10⁹/L", "x 10^9/L",
    "G/L", "G/l", "Giga/L", "10*3/uL", "10^3/µL", "10³/μL", "x10*3/µL", "x10³/mm³", "10^3/mm3", "K/uL", "K/µL", " G/L ",
)  # fmt: skip


@pytest.mark.parametrize("unit", COUNTS)
def test_it_reads_every_spelling_of_thousand_millions_a_litre(shelf: Shelf, unit: str) -> None:
    found = read(shelf["platelets"], value="212", unit=unit)

    assert isinstance(found, Quantity)
    assert found.text == "212"


@pytest.mark.parametrize(
    "unit", ("/mm3", "/mm³", "/mm^3", "/uL", "/µL", "/μl", "cells/uL", "{cells}/uL", "éléments/mm³")
)
def test_it_reads_cells_by_the_microlitre(shelf: Shelf, unit: str) -> None:
    found = read(shelf["platelets"], value="212000", unit=unit)

    assert isinstance(found, Quantity)
    assert found.text == "212.000"


ALIKE = (
    ("platelets", "g/L"),  # grams of platelets
    ("platelets", "g/l"),
    ("haemoglobin", "G/L"),  # thousand millions of haemoglobin
    ("haemoglobin", "G/l"),
    ("platelets", "109/L"),  # a lost superscript
    ("platelets", "10*6/L"),
    ("platelets", "10*9"),
    ("platelets", "T/L"),
    ("rbc", "G/L"),
    ("platelets", "mm3"),
    ("lymphocytes", "%"),  # a share of the white cells
    ("tsh", "UI/L"),
    ("tsh", "MUI/L"),
    ("tsh", "UI/mL"),
    ("tsh", "mg/L"),
    ("alt", "mUI/L"),
    ("alt", "UI/mL"),
    ("alt", "katal/L"),
    ("creatinine", "mmol/L"),
    ("creatinine", "nmol/L"),
    ("creatinine", "Mg/L"),
    ("creatinine", "g/L"),
    ("ferr", "mg/L"),
    ("csf_protein", "g/dL"),
    ("egfr", "mL/min"),  # not related to the body surface
    ("upcr", "g/L"),
    ("inr", "%"),
    ("inr", "s"),
    ("aptt_ratio", "s"),
    ("urine_protein_strip", "g/L"),
    ("urine_blood_strip", "/uL"),
    ("platelets", "10*9/L; checked"),
    ("platelets", "G/L\x00"),
)


@pytest.mark.parametrize(("analyte", "unit"), ALIKE)
def test_h01_it_refuses_a_unit_that_only_looks_right(shelf: Shelf, analyte: str, unit: str) -> None:
    value = "neg" if shelf[analyte].is_ordinal else "1.0"

    found = read(shelf[analyte], value=value, unit=unit)

    assert isinstance(found, Unreadable)
    assert found.field == "unit"


@pytest.mark.parametrize("unit", (None, "", " "))
@pytest.mark.parametrize("analyte", ("platelets", "upcr", "mcv", "pt_pct", "aptt"))
def test_h01_it_never_guesses_a_missing_unit(shelf: Shelf, analyte: str, unit: str | None) -> None:
    found = read(shelf[analyte], value="100", unit=unit)

    assert isinstance(found, Unreadable)
    assert found.field == "unit"
    assert "missing" in found.reason


@pytest.mark.parametrize("unit", (None, "", "1"))
@pytest.mark.parametrize(
    ("analyte", "value"), (("inr", "1.1"), ("aptt_ratio", "1.1"), ("jcv_idx", "0.9"), ("urine_protein_strip", "1+"))
)
def test_it_asks_no_unit_of_ratios_and_steps(shelf: Shelf, analyte: str, value: str, unit: str | None) -> None:
    assert isinstance(read(shelf[analyte], value=value, unit=unit), Quantity)


@given(unit=st.text(alphabet="GgLlmMuUµμ/%10369*^E\\Sx×³⁹ [].hd²", max_size=14))
def test_it_folds_a_unit_once_and_for_all(unit: str) -> None:
    folded = one_spelling(unit)

    assert one_spelling(folded) == folded


def test_it_reads_every_spelling_of_the_file_as_written(shelf: Shelf) -> None:
    for analyte in shelf.dictionary.analytes:
        for spelling, factor in analyte.factors.items():
            assert analyte.factors[one_spelling(spelling)] == factor
