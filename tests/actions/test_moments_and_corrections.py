"""When a sample was collected and received, what is sent again, and what becomes of a sheet that is put right."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from monitor.actions.correct_result import correct_result
from monitor.actions.sheet_line import PanelValue, RefusedValues
from monitor.terms import Unacceptable
from tests.actions.acting import CBC, act, agenda, infuse_first_course, noted, open_alerts
from tests.actions.sheets import HOUR, enter, refusals, rows, value
from tests.cast import NOW, TODAY, Cast, Stage


@pytest.mark.parametrize(
    ("moment", "day"),
    (
        ("2026-06-14T21:59:00+00:00", dt.date(2026, 6, 14)),  # 23:59 in Paris
        ("2026-06-14T22:00:00+00:00", dt.date(2026, 6, 15)),  # midnight in Paris, still the 14th in UTC
        ("2026-06-14T20:30:00-04:00", dt.date(2026, 6, 15)),
    ),
)
def test_h15_the_moment_of_the_sample_at_the_site_decides_its_day(
    stage: Stage, cast: Cast, moment: str, day: dt.date
) -> None:
    at = dt.datetime.fromisoformat(moment)
    receipt = enter(stage, cast, *CBC, collected_on=None, collected_at=at)
    assert receipt.collected_on == day
    assert {(row.collected_on, row.collected_at) for row in rows(stage)} == {(day, at.astimezone(dt.UTC))}


@pytest.mark.parametrize(
    ("sheet", "field"),
    (
        ({"collected_on": None}, "collected_on"),
        ({"collected_at": NOW - 24 * HOUR}, "collected_at"),
        ({"collected_on": None, "collected_at": NOW + HOUR}, "collected_at"),
        ({"received_at": NOW + HOUR}, "received_at"),
        ({"received_at": NOW - 24 * HOUR}, "received_at"),
        ({"collected_at": NOW - HOUR, "received_at": NOW - 2 * HOUR}, "received_at"),
    ),
    ids=str,
)
def test_h15_moments_that_cannot_be_are_refused(stage: Stage, cast: Cast, sheet: dict[str, Any], field: str) -> None:
    assert list(refusals(stage, cast, *CBC, **sheet)) == [field]


def test_the_three_moments_are_kept_apart(stage: Stage, cast: Cast) -> None:
    enter(stage, cast, CBC[0], collected_at=NOW - 2 * HOUR, received_at=NOW - HOUR)
    (row,) = rows(stage)
    assert (row.collected_at, row.received_at, row.recorded_at) == (NOW - 2 * HOUR, NOW - HOUR, NOW)


def test_h05_the_same_sheet_again_means_the_same(stage: Stage, cast: Cast) -> None:
    line = value("platelets", "45", "10*9/L")
    sheet: dict[str, Any] = {"collected_at": NOW - HOUR, "received_at": NOW}
    first = enter(stage, cast, line, PanelValue(analyte="tsh", not_done="insufficient"), **sheet)
    told = noted(stage)
    again = enter(stage, cast, line, PanelValue(analyte="tsh", not_done="insufficient"), **sheet)
    assert again == first
    assert noted(stage) == told


def test_h05_the_same_values_of_another_moment_are_another_sample(stage: Stage, cast: Cast) -> None:
    first = enter(stage, cast, *CBC, collected_at=NOW - 2 * HOUR)
    second = enter(stage, cast, *CBC, collected_at=NOW - HOUR)
    assert not set(first.result_ids) & set(second.result_ids)


def test_a_value_becomes_not_done_and_back(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    ids = enter(stage, cast, *CBC).result_ids
    assert "cbc/1.2" not in agenda(stage, cast.ada_treatment)
    given: dict[str, Any] = {"reason": "the sheet says so"}
    (clumped,) = act(stage, correct_result, cast.nora.actor, result_id=ids[0], not_done="clumped", **given).result_ids
    assert "cbc/1.2" in agenda(stage, cast.ada_treatment)
    act(stage, correct_result, cast.nora.actor, result_id=clumped, value="198", **given)
    assert "cbc/1.2" not in agenda(stage, cast.ada_treatment)
    told = [(row.value, row.not_done, row.status) for row in rows(stage) if row.analyte == "platelets"]
    assert told == [("212", None, "final"), (None, "clumped", "corrected"), ("198", None, "corrected")]


def test_a_correction_names_every_field_that_is_to_blame(stage: Stage, cast: Cast) -> None:
    (result_id,) = enter(stage, cast, value("lymphocytes", "1.5", "10*9/L", lower="1.0", upper="4.0")).result_ids
    with pytest.raises(RefusedValues) as refused:
        act(stage, correct_result, cast.nora.actor, result_id=result_id, decimal="comma", reason="a French sheet")
    assert {one.field for one in refused.value.refusals} == {"value", "lower", "upper"}


def test_h15_another_day_without_its_moment_forgets_the_moment(stage: Stage, cast: Cast) -> None:
    (result_id,) = enter(stage, cast, CBC[0], collected_at=NOW - HOUR).result_ids
    earlier = TODAY - dt.timedelta(days=1)
    act(stage, correct_result, cast.nora.actor, result_id=result_id, collected_on=earlier, reason="wrong day")
    assert [(row.collected_on, row.collected_at) for row in rows(stage)] == [(TODAY, NOW - HOUR), (earlier, None)]


def test_h09_a_misprint_put_right_in_a_preliminary_sheet_credits_nothing(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    ids = enter(stage, cast, *CBC, status="preliminary").result_ids
    receipt = act(stage, correct_result, cast.nora.actor, result_id=ids[0], value="45", reason="a misprint")
    assert {row.status for row in rows(stage)} == {"preliminary"}
    assert "cbc/1.2" in agenda(stage, cast.ada_treatment)
    assert "result:platelets.below_50" in open_alerts(stage, cast.ada_treatment)  # and still it may alert
    act(stage, correct_result, cast.noor.actor, result_id=receipt.result_ids[0], value="46", reason="once more")
    enter(stage, cast, *CBC)
    assert "cbc/1.2" not in agenda(stage, cast.ada_treatment)


def test_h15_a_correction_keeps_the_moments_in_their_order(stage: Stage, cast: Cast) -> None:
    sheet: dict[str, Any] = {"collected_on": TODAY - dt.timedelta(days=2), "received_at": NOW - 24 * HOUR}
    (result_id,) = enter(stage, cast, CBC[0], **sheet).result_ids
    given: dict[str, Any] = {"result_id": result_id, "collected_on": TODAY, "reason": "wrong day"}
    with pytest.raises(Unacceptable) as refused:
        act(stage, correct_result, cast.nora.actor, **given)
    assert refused.value.field == "received_at"
    act(stage, correct_result, cast.nora.actor, **given, received_at=NOW)
    assert [(row.collected_on, row.received_at) for row in rows(stage)][1] == (TODAY, NOW)
