"""Alerts on values: one for each cause, waiting for a person where they hold no longer, back where they hold again."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.actions.follow_up import follow_up
from monitor.actions.snooze_alert import snooze_alert
from monitor.actions.start_treatment import start_treatment
from monitor.actions.stop_treatment import stop_treatment
from monitor.store.alert import BY_ITSELF
from monitor.terms import NotAllowed
from tests.actions.acting import DAY, act, noted
from tests.actions.values_of_ada import (
    BELOW_50,
    BELOW_100,
    BELOW_150,
    LATER,
    MORNING,
    on_values,
    open_on_values,
    platelets,
    put_right,
    see,
    settle,
    take_back,
)
from tests.cast import TODAY, Cast, Stage

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


def test_it_tells_what_was_found_in_which_value_and_when_it_must_be_seen_by(stage: Stage, cast: Cast) -> None:
    row = platelets(stage, cast, "45")
    alert = open_on_values(stage, cast)[BELOW_50]

    found = msgspec.json.decode(alert.finding or "")
    assert (alert.level, alert.audience, alert.evidence, alert.holds) == ("critical", "neurologist", row, True)
    assert alert.acknowledge_by == alert.escalate_at == MORNING + HOUR
    assert found["analyte"] == "platelets"
    assert found["numbers"]
    assert found["action"]
    assert found["clears"]


def test_h46_time_and_again_the_same_is_one_alert_on_the_newest(stage: Stage, cast: Cast) -> None:
    for number in range(15):
        last = platelets(stage, cast, f"{80 + number}", days_ago=14 - number, at=MORNING + number * MINUTE)
    (alert,) = on_values(stage, cast, topic=BELOW_100)

    assert (alert.closed_at, alert.opened_at) == (None, MORNING)
    assert (alert.evidence, alert.since) == (last, TODAY - 14 * DAY)


def test_the_second_time_of_following_up_writes_nothing(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    before = noted(stage)
    with stage.work(at=LATER) as work:
        assert not follow_up(work, treatment_id=cast.ada_treatment).alerts
    assert noted(stage) == before


def test_h07_what_is_no_longer_true_waits_until_a_person_saw_it(stage: Stage, cast: Cast) -> None:
    wrong = platelets(stage, cast, "45")
    see(stage, cast, open_on_values(stage, cast)[BELOW_50])
    put_right(stage, cast, wrong, "245", at=LATER + MINUTE)
    eased = open_on_values(stage, cast)[BELOW_50]
    assert (eased.holds, eased.acknowledged_at) == (False, None)
    assert eased.eased_because
    assert eased.escalate_at is not None

    act(stage, acknowledge_alert, cast.noor.actor, at=LATER + 2 * MINUTE, alert_id=eased.id)

    (closed,) = on_values(stage, cast, topic=BELOW_50)
    assert (closed.closed_by, closed.closing_action) == (cast.noor.actor.id, "not_true")
    assert closed.escalate_at is None


def test_an_eased_alert_may_be_closed_with_a_reason_as_well(stage: Stage, cast: Cast) -> None:
    wrong = platelets(stage, cast, "45")
    put_right(stage, cast, wrong, "245", at=LATER)
    settle(stage, cast, open_on_values(stage, cast)[BELOW_50])

    assert open_on_values(stage, cast) == {}


def test_h07_what_is_true_again_calls_again(stage: Stage, cast: Cast) -> None:
    first = platelets(stage, cast, "45")
    see(stage, cast, open_on_values(stage, cast)[BELOW_50])
    second = put_right(stage, cast, first, "245", at=LATER + MINUTE)
    third = put_right(stage, cast, second, "45", at=LATER + 2 * MINUTE)
    (alert,) = on_values(stage, cast, topic=BELOW_50)

    assert (alert.holds, alert.eased_because, alert.acknowledged_at, alert.evidence) == (True, None, None, third)
    assert alert.escalate_at == LATER + 2 * MINUTE + HOUR


def test_h47_one_value_after_another_does_not_keep_an_alert_with_somebody_who_is_not_there(
    stage: Stage, cast: Cast
) -> None:
    first = platelets(stage, cast, "45")
    before = open_on_values(stage, cast)[BELOW_50].escalate_at
    put_right(stage, cast, first, "44", at=LATER + 50 * MINUTE)

    (alert,) = on_values(stage, cast, topic=BELOW_50)
    assert (alert.escalate_at, alert.calls) == (before, 2)


def test_h45_what_was_settled_stays_settled_while_nothing_new_is_known(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    settle(stage, cast, open_on_values(stage, cast)[BELOW_50])
    with stage.work(at=LATER + HOUR) as work:
        follow_up(work, treatment_id=cast.ada_treatment)

    assert BELOW_50 not in open_on_values(stage, cast)


def test_h45_it_opens_again_by_itself_where_a_correction_makes_it_true_again(stage: Stage, cast: Cast) -> None:
    first = platelets(stage, cast, "45")
    settle(stage, cast, open_on_values(stage, cast)[BELOW_50])
    second = put_right(stage, cast, first, "245", at=LATER + MINUTE)
    third = put_right(stage, cast, second, "44", at=LATER + 2 * MINUTE)

    before, again = on_values(stage, cast, topic=BELOW_50)
    assert (again.closed_at, again.follows_id, again.evidence) == (None, before.id, third)


def test_h45_it_opens_again_where_what_had_eased_it_is_taken_back(stage: Stage, cast: Cast) -> None:
    """A person closed it because it was not true; the value that said so was of another patient."""
    low = platelets(stage, cast, "45", days_ago=1)
    normal = platelets(stage, cast, "212", at=LATER)
    see(stage, cast, open_on_values(stage, cast)[BELOW_50], at=LATER + MINUTE)
    assert BELOW_50 not in open_on_values(stage, cast)
    take_back(stage, cast, normal, at=LATER + 2 * MINUTE)

    again = open_on_values(stage, cast)[BELOW_50]
    assert (again.evidence, again.holds, again.acknowledged_at) == (low, True, None)


def test_a_graver_one_takes_the_place_of_a_milder_one(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "140", days_ago=2)
    platelets(stage, cast, "45", at=LATER)
    (mild,) = on_values(stage, cast, topic=BELOW_150)

    assert BELOW_150 not in open_on_values(stage, cast)
    assert (mild.superseded_by, mild.closed_by) == (open_on_values(stage, cast)[BELOW_50].id, BY_ITSELF)
    assert mild.closing_action is None


def test_h07_a_milder_one_takes_the_place_of_none(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45", days_ago=2)
    platelets(stage, cast, "140", at=LATER)
    found = open_on_values(stage, cast)

    assert (found[BELOW_50].holds, found[BELOW_150].holds) == (False, True)


def test_h06_a_critical_value_that_comes_late_alerts_and_waits_for_a_person(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "212")
    late = platelets(stage, cast, "30", days_ago=3, at=LATER)
    alert = open_on_values(stage, cast)[BELOW_50]

    assert (alert.evidence, alert.holds, alert.acknowledged_at) == (late, False, None)
    assert alert.escalate_at == LATER + HOUR


def test_h06_what_came_late_alerts_once_and_not_again_with_every_other_value(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "212")
    platelets(stage, cast, "30", days_ago=3, at=LATER)
    see(stage, cast, open_on_values(stage, cast)[BELOW_50], at=LATER + MINUTE)
    platelets(stage, cast, "210", at=LATER + 2 * MINUTE)

    assert BELOW_50 not in open_on_values(stage, cast)


def test_h06_a_second_critical_count_of_the_day_calls_again_after_the_first_was_settled(
    stage: Stage, cast: Cast
) -> None:
    """Nobody knows which of the two came first, and each of them is news."""
    platelets(stage, cast, "45")
    settle(stage, cast, open_on_values(stage, cast)[BELOW_50])
    platelets(stage, cast, "40", at=LATER + MINUTE)

    assert open_on_values(stage, cast)[BELOW_50].acknowledged_at is None


@pytest.mark.parametrize("second", ("45", "81"))
def test_a_snooze_ends_where_it_grows_graver_or_new_evidence_comes(stage: Stage, cast: Cast, second: str) -> None:
    platelets(stage, cast, "80", days_ago=1)
    alert = open_on_values(stage, cast)[BELOW_100]
    put_off = {"alert_id": alert.id, "until": MORNING + 6 * HOUR, "reason": "the sample is on its way"}
    act(stage, snooze_alert, cast.nora.actor, at=MORNING, **put_off)
    with stage.work(at=LATER) as work:
        follow_up(work, treatment_id=cast.ada_treatment)
    assert open_on_values(stage, cast)[BELOW_100].snoozed_until == MORNING + 6 * HOUR
    platelets(stage, cast, second, at=LATER)

    found = open_on_values(stage, cast)
    assert {row.snoozed_until for row in found.values()} == {None}
    assert all(row.escalate_at is not None for row in found.values())


def test_h45_a_nurse_closes_nothing_critical(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    given = {"alert_id": open_on_values(stage, cast)[BELOW_50].id, "action": "patient_called", "reason": "she is well"}
    with pytest.raises(NotAllowed):
        act(stage, close_alert, cast.nora.actor, at=LATER, **given)
    assert open_on_values(stage, cast)[BELOW_50].closed_at is None


def test_h46_two_treatments_of_one_patient_do_not_alert_twice(stage: Stage, cast: Cast) -> None:
    """The surveillance of the first goes on beside the second; the patient and the cause are the same."""
    platelets(stage, cast, "45", days_ago=1)
    (alert,) = on_values(stage, cast, topic=BELOW_50)
    stop = {"treatment_id": cast.ada_treatment, "on": TODAY, "reason": "patient_wish"}
    act(stage, stop_treatment, cast.noor.actor, at=MORNING, **stop)
    start = {"patient_id": cast.ada, "protocol": "alemtuzumab", "profile": "us", "started_on": TODAY}
    second = act(stage, start_treatment, cast.noor.actor, at=MORNING, **start)
    low = platelets(stage, cast, "44", at=LATER)

    (same,) = on_values(stage, cast, topic=BELOW_50)
    assert (same.id, same.evidence, same.treatment_id) == (alert.id, low, cast.ada_treatment)
    put_right(stage, cast, low, "245", at=LATER + MINUTE)
    (eased,) = on_values(stage, cast, topic=BELOW_50)
    assert not eased.holds
    for treatment_id in (second, cast.ada_treatment):
        with stage.work(at=LATER + HOUR) as work:
            assert not follow_up(work, treatment_id=treatment_id).alerts


def test_h06_a_back_dated_critical_value_calls_under_a_rule_that_stands_already(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "45")
    settle(stage, cast, open_on_values(stage, cast)[BELOW_50])
    platelets(stage, cast, "30", days_ago=9, at=LATER + HOUR)

    assert BELOW_50 in open_on_values(stage, cast)


def test_h06_a_lower_count_calls_again_although_the_one_before_was_seen(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "80", days_ago=2)
    see(stage, cast, open_on_values(stage, cast)[BELOW_100])
    platelets(stage, cast, "55", days_ago=1, at=LATER + HOUR)

    alert = open_on_values(stage, cast)[BELOW_100]
    assert alert.acknowledged_at is None
    assert alert.acknowledge_by is not None
    assert alert.acknowledge_by > LATER + HOUR


def test_a_count_that_is_merely_low_again_keeps_its_acknowledgement(stage: Stage, cast: Cast) -> None:
    platelets(stage, cast, "140", days_ago=2)
    see(stage, cast, open_on_values(stage, cast)[BELOW_150])
    platelets(stage, cast, "138", days_ago=1, at=LATER + HOUR)

    assert open_on_values(stage, cast)[BELOW_150].acknowledged_at is not None
