"""Corrections are new versions: the old value stays readable, and only the newest one credits."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.correct_result import correct_result
from monitor.actions.retract_result import retract_result
from monitor.store.result import ResultRow
from monitor.terms import Conflict, Missing, NotAllowed, Unacceptable
from tests.actions.acting import CBC, DAY, act, agenda, blood_count, infuse_first_course, open_alerts
from tests.actions.sheets import enter
from tests.cast import NOW, TODAY, Cast, Stage


def test_h07_it_keeps_the_old_value_its_author_and_the_reason(stage: Stage, cast: Cast) -> None:
    platelets = blood_count(stage, cast, on=TODAY)[0]
    receipt = act(stage, correct_result, cast.noor.actor, result_id=platelets, value="21.2", reason="a misprint")
    (newer,) = receipt.result_ids
    with stage.sessions() as session:
        old, new = (session.get_one(ResultRow, one) for one in (platelets, newer))
    assert (old.value, old.status, old.recorded_by) == ("212", "final", cast.nora.actor.id)
    assert (new.value, new.status, new.replaces_id, new.reason) == ("21.2", "corrected", platelets, "a misprint")
    assert new.recorded_by == cast.noor.actor.id


def test_h08_a_retraction_opens_the_expectation_again(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    platelets = blood_count(stage, cast, on=TODAY)[0]
    assert "cbc/1.2" not in agenda(stage, cast.ada_treatment)
    act(stage, retract_result, cast.noor.actor, result_id=platelets, reason="another patient's")
    assert "cbc/1.2" in agenda(stage, cast.ada_treatment)
    assert "overdue:cbc" in open_alerts(stage, cast.ada_treatment)


def test_a_correction_credits_the_day_it_names_and_no_longer_the_other(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    ids = blood_count(stage, cast, on=TODAY)
    for one in ids:
        act(stage, correct_result, cast.nora.actor, result_id=one, collected_on=TODAY - 40 * DAY, reason="wrong day")
    assert "cbc/1.2" in agenda(stage, cast.ada_treatment)


def test_another_value_of_that_day_stays_when_one_is_corrected(stage: Stage, cast: Cast) -> None:
    """Two sheets of one day; the correction of the first cannot be true, and the second sheet still credits."""
    infuse_first_course(stage, cast)
    another = (*CBC[:-1], msgspec.structs.replace(CBC[-1], value="1.2"))
    first, _ = (enter(stage, cast, *sheet, by=cast.lab) for sheet in (CBC, another))
    act(
        stage, correct_result, cast.lab.actor, result_id=first.result_ids[0], reason="a misprint", value="4000",
        decimal="point",
    )  # fmt: skip
    assert "cbc/1.2" not in agenda(stage, cast.ada_treatment)


def test_h48_the_second_of_two_corrections_is_told_to_look_again(stage: Stage, cast: Cast) -> None:
    platelets = blood_count(stage, cast, on=TODAY)[0]
    act(stage, correct_result, cast.noor.actor, result_id=platelets, value="21.2", reason="a misprint")
    with pytest.raises(Conflict):
        act(stage, correct_result, cast.noor.actor, result_id=platelets, value="21.3", reason="a misprint")
    with pytest.raises(Conflict):
        act(stage, retract_result, cast.noor.actor, result_id=platelets, reason="a misprint")


def test_a_correction_is_read_like_any_value(stage: Stage, cast: Cast) -> None:
    platelets = blood_count(stage, cast, on=TODAY)[0]
    with pytest.raises(Unacceptable) as refusal:
        act(stage, correct_result, cast.noor.actor, result_id=platelets, value="many", reason="a misprint")
    assert refusal.value.field == "value"


def test_a_nurse_corrects_what_she_entered_herself_for_a_day(stage: Stage, cast: Cast) -> None:
    platelets, haemoglobin, *_ = blood_count(stage, cast, on=TODAY)
    within, after = NOW + dt.timedelta(hours=23), NOW + dt.timedelta(hours=25)
    act(stage, correct_result, cast.nora.actor, at=within, result_id=platelets, value="211", reason="a misprint")
    with pytest.raises(NotAllowed):
        act(stage, correct_result, cast.nora.actor, at=after, result_id=haemoglobin, value="13", reason="a misprint")


def test_a_nurse_does_not_correct_what_somebody_else_entered(stage: Stage, cast: Cast) -> None:
    receipt = enter(stage, cast, *CBC, by=cast.lab)
    with pytest.raises(NotAllowed):
        act(stage, retract_result, cast.nora.actor, result_id=receipt.result_ids[0], reason="a misprint")
    act(stage, retract_result, cast.lab.actor, result_id=receipt.result_ids[0], reason="a misprint")


def test_a_nurse_does_not_correct_what_others_have_acted_upon(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    platelets = blood_count(stage, cast, on=TODAY - 50 * DAY)[0]
    alert = open_alerts(stage, cast.ada_treatment)["overdue:cbc"]
    act(stage, acknowledge_alert, cast.noor.actor, alert_id=alert.id)
    with pytest.raises(NotAllowed):
        act(stage, correct_result, cast.nora.actor, result_id=platelets, value="211", reason="a misprint")


def test_it_hides_the_results_of_another_site(stage: Stage, cast: Cast) -> None:
    platelets = blood_count(stage, cast, on=TODAY)[0]
    with pytest.raises(Missing):
        act(stage, correct_result, cast.selma.actor, result_id=platelets, value="211", reason="a misprint")
