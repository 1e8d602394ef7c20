"""Tests with steps instead of a number: strips, yes or no."""

from __future__ import annotations

import pytest

from monitor.labs.analyte import Ordinal
from monitor.labs.quantities import Quantity, Unreadable, read
from tests.labs.conftest import Shelf


@pytest.mark.parametrize(
    ("value", "step"),
    (
        ("neg", "neg"), ("NEG", "neg"), ("Négatif", "neg"), ("negative", "neg"),
        ("trace", "trace"), ("Traces", "trace"), ("+/-", "trace"),
        ("1+", "1+"), ("+", "1+"), ("2+", "2+"), ("++", "2+"), ("3+", "3+"), ("+++", "3+"),
        ("4+", "4+"), ("++++", "4+"),
    ),
)  # fmt: skip
def test_it_reads_a_strip(shelf: Shelf, value: str, step: str) -> None:
    found = read(shelf["urine_protein_strip"], value=value, unit=None)

    assert isinstance(found, Quantity)
    assert found.text == step
    assert found.is_usable


@pytest.mark.parametrize("value", ("", "-", "0", "1", "5+", "+++++", "0.3", "<1+", "neg ", "not done", "N/A", "pos"))
def test_it_takes_nothing_else_for_a_step(shelf: Shelf, value: str) -> None:
    found = read(shelf["urine_blood_strip"], value=value, unit="")

    assert isinstance(found, Unreadable)
    assert "neg, trace, 1+" in found.reason


def test_it_orders_steps(shelf: Shelf) -> None:
    steps = shelf["urine_protein_strip"].steps

    assert [step.name for step in steps] == ["neg", "trace", "1+", "2+", "3+", "4+"]
    assert steps[4] > steps[2] > steps[0]
    assert isinstance(steps[0], Ordinal)


@pytest.mark.parametrize(
    ("analyte", "value", "step"),
    (
        ("unit", "Positif", "pos"),
        ("hcg_u", "négatif", "neg"),
        ("vzvg", "equivocal", "equivocal"),
        ("umens", "oui", "yes"),
    ),
)
def test_it_reads_yes_and_no(shelf: Shelf, analyte: str, value: str, step: str) -> None:
    found = read(shelf[analyte], value=value, unit=None)

    assert isinstance(found, Quantity)
    assert found.text == step
