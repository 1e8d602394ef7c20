"""Alerts that need more than one value, whatever order the values arrive in, and whatever stands beside them."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from sqlalchemy import select

from monitor.actions.close_alert import close_alert
from monitor.actions.record_panel import record_panel
from monitor.actions.sheet_line import PanelValue
from monitor.store.alert import AlertRow
from monitor.store.finding import kept_in
from tests.actions.acting import DAY, act, infuse_first_course
from tests.actions.values_of_ada import (
    BELOW_50,
    BELOW_100,
    LATER,
    MORNING,
    measured,
    open_on_values,
    platelets,
    put_right,
    see,
    settle,
)
from tests.cast import TODAY, Cast, Stage

HOUR = dt.timedelta(hours=1)
HYS_LAW = "result:liver.hys_law"
WITH_HAEMATURIA = "result:creatinine.rise_with_haematuria"
STEEP_FALL = "result:platelets.steep_fall"
UNITS = {"alt": "U/L", "bilirubin_total": "umol/L", "creatinine": "umol/L", "platelets": "10*9/L"}
Sheet = tuple[int, dict[str, str]]  # days ago, values


def file(stage: Stage, cast: Cast, *sheets: Sheet, status: str = "final") -> None:
    """One sheet after the other, an hour apart."""
    for place, (days_ago, printed) in enumerate(sheets):
        act(
            stage, record_panel, cast.nora.actor, at=MORNING + place * HOUR, patient_id=cast.ada,
            collected_on=TODAY - days_ago * DAY, status=status,
            values=[
                PanelValue(analyte=name, value=value, unit=UNITS.get(name), is_confirmed=True)
                for name, value in printed.items()
            ],
        )  # fmt: skip


def ever(stage: Stage) -> set[str]:
    """The causes that called somebody, settled or not."""
    with stage.sessions() as session:
        return set(session.scalars(select(AlertRow.topic)))


def test_h12_an_older_normal_strip_does_not_hide_blood_beside_a_rising_creatinine(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    file(
        stage, cast,
        (120, {"creatinine": "70"}),
        (3, {"creatinine": "140", "urine_blood_strip": "neg"}),
        (0, {"urine_blood_strip": "3+"}),
    )  # fmt: skip

    assert open_on_values(stage, cast)[WITH_HAEMATURIA].level == "critical"


@pytest.mark.parametrize(
    "sheets",
    [
        ((3, {"alt": "200", "bilirubin_total": "10"}), (0, {"bilirubin_total": "60"})),
        ((0, {"bilirubin_total": "60"}), (0, {"bilirubin_total": "9"}), (0, {"alt": "200"})),
        ((0, {"bilirubin_total": "9"}), (0, {"bilirubin_total": "60"}), (0, {"alt": "200"})),
    ],
)
def test_hys_law_counts_any_bilirubin_within_seven_days(stage: Stage, cast: Cast, sheets: tuple[Sheet, ...]) -> None:
    file(stage, cast, *sheets)

    assert open_on_values(stage, cast)[HYS_LAW].level == "critical"


def test_h09_two_preliminary_values_of_one_sheet_meet_hys_law(stage: Stage, cast: Cast) -> None:
    file(stage, cast, (0, {"alt": "200", "bilirubin_total": "60"}), status="preliminary")

    assert HYS_LAW in open_on_values(stage, cast)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_g7_a_combination_calls_in_every_order_of_arrival(stage: Stage, cast: Cast, order: tuple[int, ...]) -> None:
    sheets: list[Sheet] = [
        (20, {"bilirubin_total": "60"}),
        (20, {"alt": "200"}),
        (3, {"alt": "20", "bilirubin_total": "10"}),
    ]
    file(stage, cast, *(sheets[place] for place in order))

    assert HYS_LAW in ever(stage)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_g7_a_rise_beside_blood_calls_in_every_order(stage: Stage, cast: Cast, order: tuple[int, ...]) -> None:
    infuse_first_course(stage, cast)
    sheets: list[Sheet] = [
        (120, {"creatinine": "70"}),
        (20, {"creatinine": "140"}),
        (20, {"urine_blood_strip": "3+"}),
        (3, {"creatinine": "70", "urine_blood_strip": "neg"}),
    ]
    file(stage, cast, *(sheets[place] for place in order))

    assert WITH_HAEMATURIA in ever(stage)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_g7_h12_a_steep_fall_calls_in_every_order(stage: Stage, cast: Cast, order: tuple[int, ...]) -> None:
    counts = [(20, "400"), (10, "160"), (2, "300")]
    file(stage, cast, *((counts[place][0], {"platelets": counts[place][1]}) for place in order))

    assert STEEP_FALL in ever(stage)


def test_h12_of_two_counts_of_one_day_the_next_is_compared_with_the_higher(stage: Stage, cast: Cast) -> None:
    file(stage, cast, (5, {"platelets": "245"}), (5, {"platelets": "98"}), (0, {"platelets": "110"}))

    alert = open_on_values(stage, cast)[STEEP_FALL]
    assert "from 245" in alert.because


def test_h06_a_late_critical_count_speaks_instead_of_one_that_was_an_error(stage: Stage, cast: Cast) -> None:
    typed = platelets(stage, cast, "20")
    put_right(stage, cast, typed, "245", at=MORNING + HOUR)
    late = measured(stage, cast, "platelets", "12", "10*9/L", days_ago=3, at=MORNING + 2 * HOUR)

    alert = open_on_values(stage, cast)[BELOW_50]
    assert (alert.evidence, alert.acknowledged_at, alert.holds) == (late, None, False)
    assert "12" in alert.because
    assert alert.escalate_at == MORNING + 3 * HOUR


def test_h06_a_late_count_calls_under_a_graver_alert_that_holds_no_longer(stage: Stage, cast: Cast) -> None:
    typed = platelets(stage, cast, "20")
    put_right(stage, cast, typed, "245", at=MORNING + HOUR)
    platelets(stage, cast, "70", days_ago=3, at=MORNING + 2 * HOUR)

    assert {BELOW_50, BELOW_100} <= set(open_on_values(stage, cast))


def test_h46_a_number_that_is_needed_is_needed_of_each_analyte(stage: Stage, cast: Cast) -> None:
    file(stage, cast, (1, {"platelets": "<200"}), (0, {"alt": ">30"}))
    found = open_on_values(stage, cast)
    topics = sorted(topic for topic in found if "exact_value_needed" in topic)

    assert topics == [f"result:exact_value_needed:{name}" for name in ("alt", "platelets")]
    given = {"action": "repeat_ordered", "reason": "asked for the number"}
    act(stage, close_alert, cast.noor.actor, at=MORNING + 9 * HOUR, alert_id=found[topics[0]].id, **given)
    left = open_on_values(stage, cast)
    assert kept_in(left[topics[1]].finding).analyte == "platelets"


def test_h06_an_alert_that_calls_again_names_the_count_that_called(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    see(stage, cast, open_on_values(stage, cast)[BELOW_50])
    platelets(stage, cast, "3", days_ago=2, at=LATER)

    alert = open_on_values(stage, cast)[BELOW_50]
    assert f"45 × 10⁹/L is below 50 (it was 3 on {TODAY - 2 * DAY})" in alert.because
    assert alert.acknowledged_at is None


def test_h06_the_lower_of_two_counts_of_one_day_is_named(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    settle(stage, cast, open_on_values(stage, cast)[BELOW_50])
    platelets(stage, cast, "3", at=LATER)

    assert f"(it was 3 on {TODAY})" in open_on_values(stage, cast)[BELOW_50].because
