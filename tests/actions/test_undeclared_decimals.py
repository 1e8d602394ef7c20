"""What a laboratory system must say of its numbers, and what nobody guesses where a person did not say it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from monitor.actions.check_panel import check_panel
from monitor.actions.correct_result import correct_result
from monitor.actions.record_panel import record_panel
from monitor.actions.sheet_line import PanelValue, RefusedValues
from monitor.terms import Unacceptable
from tests.actions.acting import CBC, act
from tests.actions.sheets import enter, refusals, rows, value
from tests.cast import TODAY, Cast, Staff, Stage

WHY = {"reason": "a misprint"}


def blamed(stage: Stage, action: Callable[..., Any], by: Staff, **given: Any) -> list[str | None]:
    """The fields for which it is refused."""
    with pytest.raises(Unacceptable) as refused:
        act(stage, action, by.actor, **given)
    found = refused.value.refusals if isinstance(refused.value, RefusedValues) else (refused.value,)
    return [one.field for one in found]


@pytest.mark.parametrize("action", (record_panel, check_panel))
def test_h16_a_laboratory_system_confirms_nothing(stage: Stage, cast: Cast, action: Callable[..., Any]) -> None:
    line = value("platelets", "45000", "10*9/L", is_confirmed=True)
    sheet: dict[str, Any] = {"patient_id": cast.ada, "collected_on": TODAY, "values": [CBC[1], line]}
    assert blamed(stage, action, cast.lab, decimal="point", **sheet) == ["values[1].is_confirmed"]
    assert rows(stage) == []
    act(stage, action, cast.nora.actor, **sheet)


def test_h16_a_laboratory_system_confirms_nothing_in_a_correction_either(stage: Stage, cast: Cast) -> None:
    (result_id,) = enter(stage, cast, value("platelets", "45000", "10*9/L"), by=cast.lab).result_ids
    given: dict[str, Any] = {"result_id": result_id, "decimal": "point", **WHY}
    assert blamed(stage, correct_result, cast.lab, is_confirmed=True, **given) == ["is_confirmed"]
    assert [row.is_confirmed for row in rows(stage)] == [False]
    act(stage, correct_result, cast.noor.actor, is_confirmed=True, **given)
    assert [row.is_confirmed for row in rows(stage)] == [False, True]


@pytest.mark.parametrize("action", (record_panel, check_panel))
def test_h14_a_laboratory_system_declares_how_it_writes_decimals(
    stage: Stage, cast: Cast, action: Callable[..., Any]
) -> None:
    sheet: dict[str, Any] = {"patient_id": cast.ada, "collected_on": TODAY, "values": [value("alt", "12", "U/L")]}
    assert blamed(stage, action, cast.lab, **sheet) == ["decimal"]
    assert rows(stage) == []
    act(stage, action, cast.lab.actor, decimal="comma", **sheet)


def test_h14_a_laboratory_system_declares_it_in_a_correction_too(stage: Stage, cast: Cast) -> None:
    (result_id,) = enter(stage, cast, CBC[0], by=cast.lab).result_ids
    given: dict[str, Any] = {"result_id": result_id, "value": "211", **WHY}
    assert blamed(stage, correct_result, cast.lab, **given) == ["decimal"]
    act(stage, correct_result, cast.lab.actor, decimal="point", **given)


@pytest.mark.parametrize("text", ("1.200", "45.000", "150.000", "<1.200", ">=100.000"))
def test_h14_what_may_be_thousands_or_decimals_is_asked_about_and_never_guessed(
    stage: Stage, cast: Cast, text: str
) -> None:
    found = refusals(stage, cast, CBC[0], value("alt", text, "U/L", is_confirmed=True))
    assert list(found) == ["values[1].value"]
    assert "decimal" in found["values[1].value"]


@pytest.mark.parametrize(
    ("text", "meant"),
    (("1.20", "1.20"), ("1.2000", "1.2000"), ("0.123", "0.123"), ("1234.567", "1234.567"), ("12", "12")),
)
def test_h14_what_can_only_be_decimals_is_read_with_a_point(stage: Stage, cast: Cast, text: str, meant: str) -> None:
    enter(stage, cast, value("csf_leukocytes", text, "10*6/L"))
    assert [(row.canonical, row.decimal) for row in rows(stage)] == [(Decimal(meant), "point")]


def test_h14_a_limit_that_may_be_thousands_is_asked_about_too(stage: Stage, cast: Cast) -> None:
    line = value("platelets", "212", "10*9/L", lower="150.000", upper="400.000")
    assert list(refusals(stage, cast, line)) == ["values[0].lower", "values[0].upper"]
    enter(stage, cast, line, decimal="point")


def test_h14_of_a_number_that_nobody_understands_no_other_unit_is_suggested(stage: Stage, cast: Cast) -> None:
    """13200 would look like nothing, and 13.2 like g/dL."""
    assert list(refusals(stage, cast, value("haemoglobin", "13.200", "g/L"))) == ["values[0].value"]


def test_h14_a_correction_asks_about_the_numbers_that_it_brings_and_no_others(stage: Stage, cast: Cast) -> None:
    sheet = PanelValue(analyte="tsh", value="2.150", unit="mUI/L")
    (result_id,) = enter(stage, cast, sheet, decimal="point").result_ids
    given: dict[str, Any] = {"result_id": result_id, **WHY}
    assert blamed(stage, correct_result, cast.nora, value="2.510", **given) == ["value"]
    (newer,) = act(stage, correct_result, cast.nora.actor, unit="uUI/mL", **given).result_ids
    act(stage, correct_result, cast.nora.actor, **{**given, "result_id": newer}, value="2.510", decimal="point")
    assert [str(row.canonical) for row in rows(stage)] == ["2.150", "2.150", "2.510"]


def test_h14_a_correction_of_a_sheet_with_commas_is_written_with_commas(stage: Stage, cast: Cast) -> None:
    (result_id,) = enter(stage, cast, value("tsh", "2,1", "mUI/L"), decimal="comma").result_ids
    given: dict[str, Any] = {"result_id": result_id, **WHY}
    assert blamed(stage, correct_result, cast.nora, value="2.510", **given) == ["value"]
    act(stage, correct_result, cast.nora.actor, value="2,510", **given)
    assert [str(row.canonical) for row in rows(stage)] == ["2.1", "2.510"]
