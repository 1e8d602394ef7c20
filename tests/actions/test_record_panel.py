"""A laboratory sheet: all of it or nothing, named line by line, and it credits only what it completes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from monitor.actions.record_panel import record_panel
from monitor.actions.retract_result import retract_result
from monitor.actions.sheet_line import PanelValue, RefusedValues
from monitor.actions.sheet_receipt import PanelReceipt
from monitor.store.result import ResultRow
from monitor.terms import Missing, Unacceptable
from tests.actions.acting import CBC, DAY, act, agenda, blood_count, infuse_first_course, noted, open_alerts
from tests.cast import NOW, TODAY, Cast, Stage

HOUR = dt.timedelta(hours=1)


def _rows(stage: Stage) -> list[ResultRow]:
    with stage.sessions() as session:
        return list(session.scalars(select(ResultRow).order_by(ResultRow.position)))


def _record(stage: Stage, cast: Cast, *values: PanelValue, status: str = "final") -> None:
    act(
        stage, record_panel, cast.nora.actor, patient_id=cast.ada, collected_on=TODAY, values=values, status=status
    )  # fmt: skip


def test_it_credits_the_month_and_closes_what_was_overdue(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    assert "cbc/1.2" in agenda(stage, cast.ada_treatment)
    assert "overdue:cbc" in open_alerts(stage, cast.ada_treatment)
    blood_count(stage, cast, on=TODAY)
    assert "cbc/1.2" not in agenda(stage, cast.ada_treatment)
    assert "cbc/1.3" in agenda(stage, cast.ada_treatment)
    assert "overdue:cbc" not in open_alerts(stage, cast.ada_treatment)


def test_it_keeps_what_was_typed_and_what_it_means(stage: Stage, cast: Cast) -> None:
    _record(stage, cast, PanelValue(analyte="HAEMOGLOBIN", value="13.2", unit="g/dL", lower="12.0", upper="16"))
    (row,) = _rows(stage)
    assert (row.analyte, row.value, row.unit, row.lower, row.upper) == ("haemoglobin", "13.2", "g/dL", "12.0", "16")
    assert str(row.canonical) in {"132", "132.0"}
    assert "record_panel" in noted(stage)


def test_h11_a_count_without_platelets_credits_nothing(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    _record(stage, cast, *CBC[1:])
    assert "cbc/1.2" in agenda(stage, cast.ada_treatment)


def test_h09_a_preliminary_count_credits_nothing(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    _record(stage, cast, *CBC, status="preliminary")
    assert "cbc/1.2" in agenda(stage, cast.ada_treatment)


@pytest.mark.parametrize(
    ("changed", "field"),
    (
        ({"analyte": "thrombocytes of Mars"}, "values[2].analyte"),
        ({"unit": "furlong"}, "values[2].unit"),
        ({"unit": None}, "values[2].unit"),
        ({"value": "1,5"}, "values[2].value"),
        ({"value": "NaN"}, "values[2].value"),
        ({"value": "900000"}, "values[2].value"),
        ({"lower": "-1"}, "values[2].lower"),
        ({"lower": "5", "upper": "4"}, "values[2].upper"),
        ({"analyte": "platelets", "value": "200"}, "values[2].analyte"),
    ),
    ids=str,
)
def test_it_refuses_the_whole_sheet_for_one_wrong_line(
    stage: Stage, cast: Cast, changed: dict[str, str | None], field: str
) -> None:
    lines = [msgspec.structs.replace(line, **changed) if place == 2 else line for place, line in enumerate(CBC)]
    with pytest.raises(RefusedValues) as refusal:
        _record(stage, cast, *lines)
    assert [one.field for one in refusal.value.refusals] == [field]
    assert _rows(stage) == []


def test_it_names_every_wrong_line_at_once(stage: Stage, cast: Cast) -> None:
    wrong = [PanelValue(analyte="platelets", value="many"), PanelValue(analyte="luck", value="13", unit="g/dL")]
    with pytest.raises(RefusedValues) as refusal:
        _record(stage, cast, *wrong)
    assert [one.field for one in refusal.value.refusals] == ["values[0].unit", "values[1].analyte"]


def test_it_takes_a_value_that_can_hardly_be_true_once_somebody_confirmed_it(stage: Stage, cast: Cast) -> None:
    line = PanelValue(analyte="platelets", value="4000", unit="10*9/L")
    with pytest.raises(RefusedValues, match="confirm"):
        _record(stage, cast, line)
    _record(stage, cast, msgspec.structs.replace(line, is_confirmed=True))
    assert [row.is_confirmed for row in _rows(stage)] == [True]


def test_h16_from_a_laboratory_system_such_a_value_is_stored_and_credits_nothing(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    odd = [msgspec.structs.replace(line, value="4000") if line.analyte == "platelets" else line for line in CBC]
    act(stage, record_panel, cast.lab.actor, patient_id=cast.ada, collected_on=TODAY, values=odd, decimal="point")
    assert len(_rows(stage)) == len(CBC)
    assert "cbc/1.2" in agenda(stage, cast.ada_treatment)


@pytest.mark.parametrize(("values", "status"), (((), "final"), (CBC, "corrected"), (CBC * 41, "final")))
def test_it_refuses_a_sheet_that_is_none(stage: Stage, cast: Cast, values: tuple[PanelValue, ...], status: str) -> None:
    with pytest.raises(Unacceptable):
        _record(stage, cast, *values, status=status)


def test_it_refuses_a_sample_of_tomorrow(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Unacceptable, match="future"):
        blood_count(stage, cast, on=TODAY + DAY)


def test_it_hides_the_patient_of_another_site(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Missing):
        act(stage, record_panel, cast.sven.actor, patient_id=cast.ada, collected_on=TODAY, values=CBC)


def test_h05_the_same_sheet_again_is_answered_alike_and_files_nothing(stage: Stage, cast: Cast) -> None:
    first = _sheet(stage, cast)
    told = noted(stage)

    assert _sheet(stage, cast, at=NOW + 23 * HOUR, values=CBC[::-1]).result_ids == first.result_ids[::-1]
    assert len(_rows(stage)) == len(CBC)
    assert noted(stage) == told


@pytest.mark.parametrize(
    "other",
    (
        {"values": (*CBC[:-1], msgspec.structs.replace(CBC[-1], value="1.2"))},
        {"values": (*CBC[:-1], msgspec.structs.replace(CBC[-1], lower="1.0"))},
        {"values": CBC[:-1]},
        {"collected_on": TODAY - DAY},
        {"status": "preliminary"},
        {"at": NOW + 25 * HOUR},
    ),
    ids=str,
)
def test_a_sheet_that_says_something_else_is_another_sheet(stage: Stage, cast: Cast, other: dict[str, Any]) -> None:
    first = _sheet(stage, cast)
    assert not set(_sheet(stage, cast, **other).result_ids) & set(first.result_ids)


def test_a_sheet_that_was_taken_back_may_be_filed_again(stage: Stage, cast: Cast) -> None:
    for result_id in _sheet(stage, cast).result_ids:
        act(stage, retract_result, cast.nora.actor, result_id=result_id, reason="of another patient")
    before = len(_rows(stage))
    _sheet(stage, cast)
    assert len(_rows(stage)) == before + len(CBC)


def _sheet(stage: Stage, cast: Cast, **other: Any) -> PanelReceipt:
    given = {"patient_id": cast.ada, "collected_on": TODAY, "values": CBC, **other}
    return act(stage, record_panel, cast.nora.actor, **given)
