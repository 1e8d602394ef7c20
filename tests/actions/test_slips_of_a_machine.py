"""A laboratory system cannot be asked whether it meant another unit: its number is doubted until a person looks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from monitor.actions.correct_result import correct_result
from tests.actions.acting import DAY, act, infuse_first_course
from tests.actions.sheets import enter, value
from tests.actions.values_of_ada import MORNING, open_on_values
from tests.cast import TODAY, Cast, Stage

HOUR = dt.timedelta(hours=1)
RISE, DOUBTED = "result:creatinine.rise", "result:creatinine.implausible"


def test_h01_h16_a_number_that_looks_like_another_unit_ends_nothing_until_a_person_says_what_it_is(
    stage: Stage, cast: Cast
) -> None:
    infuse_first_course(stage, cast)
    enter(stage, cast, value("creatinine", "100", "umol/L"), collected_on=TODAY - 100 * DAY)
    enter(stage, cast, value("creatinine", "140", "umol/L"), collected_on=TODAY - 2 * DAY)
    receipt = enter(stage, cast, value("creatinine", "12", "umol/L"), by=cast.lab)

    assert (receipt.values[0].is_plausible, [one.rule for one in receipt.findings]) == (
        False, ["creatinine.implausible"],
    )  # fmt: skip
    found = open_on_values(stage, cast)
    assert (found[RISE].holds, found[DOUBTED].level) == (True, "urgent")
    given: dict[str, Any] = {"result_id": receipt.result_ids[0], "value": "12", "unit": "mg/L"}
    act(stage, correct_result, cast.noor.actor, at=MORNING + HOUR, reason="the sheet says mg/L", **given)
    after = open_on_values(stage, cast)
    assert (after[RISE].holds, after[DOUBTED].holds) == (False, False)


def test_h16_a_small_number_that_a_person_confirms_counts(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    receipt = enter(stage, cast, value("creatinine", "14", "umol/L", is_confirmed=True))

    assert (receipt.values[0].is_plausible, receipt.findings) == (True, ())
    assert DOUBTED not in open_on_values(stage, cast)
