"""What the calendar is asked before a change is what it shows: with the signs, as everywhere."""

from __future__ import annotations

from monitor.actions.look_ahead import read_situation
from monitor.actions.open_record import open_treatment
from monitor.actions.report_signs import report_signs
from monitor.overviews.calendar import calendar
from tests.actions.acting import DAY, act
from tests.actions.values_of_ada import platelets
from tests.cast import TODAY, Cast, Stage


def test_h12_before_a_change_a_count_with_bleeding_weighs_what_it_weighs_on_the_calendar(
    stage: Stage, cast: Cast
) -> None:
    act(
        stage, report_signs, cast.nora.actor, treatment_id=cast.ada_treatment,
        signs=("bruising",), noticed_on=TODAY - 2 * DAY,
    )  # fmt: skip
    platelets(stage, cast, "120")

    with stage.work(by=cast.nora.actor) as work:
        before = read_situation(work, open_treatment(work, treatment_id=cast.ada_treatment)).now
        shown = calendar(work, treatment_id=cast.ada_treatment).forecast

    assert "result:platelets.with_bleeding" in {alert.topic for alert in before.alerts}
    assert before == shown
