"""Scales and examinations: item by item, in their steps, confirmed where hard to believe, corrected in the open."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from monitor.actions.correct_assessment import correct_assessment
from monitor.actions.record_assessment import record_assessment
from monitor.actions.retract_assessment import retract_assessment
from monitor.store.assessment import AssessmentRow
from monitor.terms import Conflict, Unacceptable
from tests.actions.acting import DAY, act
from tests.cast import TODAY, Cast, Stage

TWELVE = (4, 4, 3, 2, 2, 1, 3, 1, 0, 4, 4, 2)
WHY = "a misprint"


def record(stage: Stage, cast: Cast, scale: str, *, on: dt.date = TODAY, **found: Any) -> UUID:
    return act(stage, record_assessment, cast.nora.actor, patient_id=cast.theo, scale=scale, on=on, **found)


def correct(stage: Stage, cast: Cast, one: UUID, **right: Any) -> AssessmentRow:
    return row(stage, act(stage, correct_assessment, cast.nora.actor, assessment_id=one, reason=WHY, **right))


def row(stage: Stage, key: UUID) -> AssessmentRow:
    with stage.sessions() as session:
        return session.get_one(AssessmentRow, key)


def test_it_keeps_twelve_items_and_their_sum(stage: Stage, cast: Cast) -> None:
    kept = row(stage, record(stage, cast, "alsfrs_r", items=TWELVE, has_gastrostomy=True))

    assert kept.value == "30"
    assert kept.items is not None
    assert kept.items[4] == "5b:2"
    assert row(stage, record(stage, cast, "alsfrs_r", value="31")).items is None


WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("alsfrs_r", {"items": TWELVE}, "has_gastrostomy"),
    ("alsfrs_r", {"items": TWELVE[:11], "has_gastrostomy": False}, "items"),
    ("alsfrs_r", {"items": TWELVE, "has_gastrostomy": False, "value": "31"}, "value"),
    ("alsfrs_r", {"value": "31", "has_gastrostomy": False}, "has_gastrostomy"),
    ("alsfrs_r", {"value": "31.5"}, "value"),
    ("alsfrs_r", {}, "value"),
    ("edss", {"items": TWELVE, "has_gastrostomy": False}, "items"),
    ("edss", {"value": "0.5"}, "value"),
    ("edss", {"value": "2.25"}, "value"),
    ("weight", {"value": "24.9"}, "value"),
    ("svc", {"value": "161"}, "value"),
    ("respiratory_status", {"value": "4"}, "value"),
)


def test_it_refuses_what_the_scale_cannot_be(stage: Stage, cast: Cast) -> None:
    for scale, found, field in WRONG:
        with pytest.raises(Unacceptable) as refusal:
            record(stage, cast, scale, **found)
        assert (scale, found, refusal.value.field) == (scale, found, field)


def test_it_asks_once_about_a_weight_that_changed_too_fast(stage: Stage, cast: Cast) -> None:
    record(stage, cast, "weight", value="70", on=TODAY - 30 * DAY)
    with pytest.raises(Unacceptable) as refusal:
        record(stage, cast, "weight", value="62.9")
    assert refusal.value.field == "value"

    assert row(stage, record(stage, cast, "weight", value="62.9", is_confirmed=True)).is_confirmed
    record(stage, cast, "weight", value="63", on=TODAY - DAY)


def test_it_corrects_a_weight_without_doubting_it_against_itself(stage: Stage, cast: Cast) -> None:
    wrong = record(stage, cast, "weight", value="170")
    right = correct(stage, cast, wrong, value="70")

    assert (right.value, right.replaces_id, right.reason) == ("70", wrong, WHY)
    assert row(stage, wrong).value == "170"
    record(stage, cast, "weight", value="70.5", on=TODAY - DAY)  # what was corrected is no neighbour
    with pytest.raises(Unacceptable):
        correct(stage, cast, right.id, value="80")


def test_it_corrects_items_day_or_gastrostomy_and_keeps_the_rest(stage: Stage, cast: Cast) -> None:
    scored = record(stage, cast, "alsfrs_r", items=TWELVE, has_gastrostomy=False)
    with pytest.raises(Unacceptable) as refusal:
        correct(stage, cast, scored, value="31")
    assert refusal.value.field == "items"

    earlier = correct(stage, cast, scored, on=TODAY - DAY)
    tube = correct(stage, cast, earlier.id, has_gastrostomy=True)
    better = correct(stage, cast, tube.id, items=(4, *TWELVE[1:9], 3, 4, 2))

    assert (earlier.on, earlier.value, earlier.items) == (TODAY - DAY, "30", row(stage, scored).items)
    assert better.items is not None
    assert (better.on, better.value, better.items[4], better.items[9]) == (TODAY - DAY, "29", "5b:2", "10:3")


def test_a_total_can_be_corrected_into_items(stage: Stage, cast: Cast) -> None:
    total = record(stage, cast, "alsfrs_r", value="40")
    assert correct(stage, cast, total, items=TWELVE, has_gastrostomy=False).value == "30"


def test_it_tells_the_second_of_two_to_look_again(stage: Stage, cast: Cast) -> None:
    scored = record(stage, cast, "edss", value="2")
    correct(stage, cast, scored, value="2.5")
    with pytest.raises(Conflict):
        correct(stage, cast, scored, value="3")
    with pytest.raises(Conflict):
        act(stage, retract_assessment, cast.nora.actor, assessment_id=scored, reason=WHY)


@pytest.mark.parametrize("on", (TODAY + DAY, dt.date(1980, 2, 28)), ids=("future", "before birth"))
def test_a_correction_refuses_a_day_that_cannot_be(stage: Stage, cast: Cast, on: dt.date) -> None:
    scored = record(stage, cast, "edss", value="2")
    with pytest.raises(Unacceptable) as refusal:
        correct(stage, cast, scored, on=on)
    assert refusal.value.field == "on"
