"""What the service asks for itself stands on the agenda beside the calendar, and goes as it came."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from monitor.actions.complete_task import complete_task
from monitor.actions.correct_administration import correct_administration
from monitor.actions.file_follow_up_form import file_follow_up_form
from monitor.actions.follow_up import follow_up
from monitor.actions.record_administration import record_administration
from monitor.actions.record_death import record_death
from monitor.actions.register_patient import register_patient
from monitor.actions.retract_administration import retract_administration
from monitor.actions.retract_event import retract_event
from monitor.actions.start_treatment import start_treatment
from monitor.actions.stop_treatment import stop_treatment
from monitor.actions.waive_item import waive_item
from monitor.schedules.facts import Sex
from monitor.spans import add_months
from monitor.terms import NotAllowed, Unacceptable
from tests.actions.acting import DAY, act, agenda, infuse_first_course, moment, open_alerts
from tests.cast import TODAY, Cast, Stage

ANSWERS = {"had_adverse_event": False, "pregnancy_exposure": "not_applicable", "had_device_problem": False}


def _dose(stage: Stage, cast: Cast, *, days_ago: int) -> Any:
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment, "on": TODAY - days_ago * DAY}
    return act(stage, record_administration, cast.nora.actor, **given)


def _forms(stage: Stage, cast: Cast) -> dict[str, Any]:
    return {key: row for key, row in agenda(stage, cast.theo_treatment).items() if row.stream == "form"}


def test_a_dose_without_a_form_asks_for_it_until_it_is_filed(stage: Stage, cast: Cast) -> None:
    first = _dose(stage, cast, days_ago=20)
    _dose(stage, cast, days_ago=4)
    assert {key: (row.kind, row.due_on, row.late_on, row.overdue_on) for key, row in _forms(stage, cast).items()} == {
        "form/1": ("task", TODAY - 20 * DAY, TODAY - 19 * DAY, TODAY - 6 * DAY),
        "form/2": ("task", TODAY - 4 * DAY, TODAY - 3 * DAY, TODAY + 10 * DAY),
    }
    act(stage, file_follow_up_form, cast.nora.actor, dose_id=first, answers=ANSWERS)
    assert _forms(stage, cast).keys() == {"form/2"}


def test_a_corrected_dose_moves_its_form_and_one_taken_back_takes_it_along(stage: Stage, cast: Cast) -> None:
    dose = _dose(stage, cast, days_ago=4)
    corrected = act(
        stage, correct_administration, cast.nora.actor, administration_id=dose, on=TODAY - 5 * DAY, reason="a misprint"
    )
    assert _forms(stage, cast)["form/1"].due_on == TODAY - 5 * DAY
    act(stage, retract_administration, cast.nora.actor, administration_id=corrected, reason="not given")
    assert _forms(stage, cast) == {}


def test_a_form_is_owed_after_a_stop_and_not_after_a_death(stage: Stage, cast: Cast) -> None:
    _dose(stage, cast, days_ago=4)
    act(stage, stop_treatment, cast.noor.actor, treatment_id=cast.theo_treatment, on=TODAY, reason="a wish")
    assert _forms(stage, cast).keys() == {"form/1"}
    act(stage, record_death, cast.noor.actor, patient_id=cast.theo, on=TODAY)
    assert agenda(stage, cast.theo_treatment) == {}


def test_no_form_is_asked_for_where_the_protocol_has_none(stage: Stage, cast: Cast) -> None:
    infuse_first_course(stage, cast)
    assert not [key for key in agenda(stage, cast.ada_treatment) if key.startswith("form/")]


def test_a_tick_or_a_waiver_settles_none_of_them_and_nobody_is_alerted(stage: Stage, cast: Cast) -> None:
    _dose(stage, cast, days_ago=20)
    named: dict[str, Any] = {"treatment_id": cast.theo_treatment, "key": "form/1"}
    with pytest.raises(Unacceptable):
        act(stage, complete_task, cast.noor.actor, **named, on=TODAY)
    with pytest.raises(Unacceptable):
        act(stage, waive_item, cast.noor.actor, **named, reason="no time")
    assert "overdue:form" not in open_alerts(stage, cast.theo_treatment)


def test_following_up_twice_changes_nothing(stage: Stage, cast: Cast) -> None:
    _dose(stage, cast, days_ago=20)
    with stage.work() as work:
        assert not follow_up(work, treatment_id=cast.theo_treatment).is_changed


def test_only_a_neurologist_closes_a_surveillance_and_opens_it_again(stage: Stage, cast: Cast) -> None:
    """G8: until somebody did, the treatment goes on, however long ago the last infusion was."""
    infuse_first_course(stage, cast)
    end = add_months(TODAY - 66 * DAY, 48)
    at = moment(end + 40 * DAY)
    closing: dict[str, Any] = {"treatment_id": cast.ada_treatment, "key": "surveillance_end/1", "on": end}
    act(stage, follow_up, cast.noor.actor, at=at, treatment_id=cast.ada_treatment)
    assert "surveillance_end/1" in agenda(stage, cast.ada_treatment)
    assert "overdue:surveillance_end" in open_alerts(stage, cast.ada_treatment)
    with pytest.raises(NotAllowed):
        act(stage, complete_task, cast.nora.actor, at=at, **closing)
    closed = act(stage, complete_task, cast.noor.actor, at=at, **closing)
    assert "surveillance_end/1" not in agenda(stage, cast.ada_treatment)
    with pytest.raises(NotAllowed):
        act(stage, retract_event, cast.nora.actor, at=at, event_id=closed, reason="too early")
    act(stage, retract_event, cast.noor.actor, at=at, event_id=closed, reason="too early")
    assert "surveillance_end/1" in agenda(stage, cast.ada_treatment)


def test_a_nurse_does_the_other_tasks(stage: Stage, cast: Cast) -> None:
    _dose(stage, cast, days_ago=2)
    act(stage, complete_task, cast.nora.actor, treatment_id=cast.theo_treatment, key="post_lp/1.1", on=TODAY)
    assert "post_lp/1.1" not in agenda(stage, cast.theo_treatment)


def test_a_form_of_the_us_label_is_ticked_off(stage: Stage, cast: Cast) -> None:
    patient = act(
        stage, register_patient, cast.nora.actor, site_id=cast.north, family_name="Dubois", given_name="Ines",
        birth_date=dt.date(1990, 4, 1), sex=Sex.FEMALE, language="fr", phone=None,
    )  # fmt: skip
    began = TODAY - 200 * DAY
    started: dict[str, Any] = {"patient_id": patient, "protocol": "alemtuzumab", "profile": "us", "started_on": began}
    treatment = act(stage, start_treatment, cast.noor.actor, **started)
    dose: dict[str, Any] = {"treatment_id": treatment, "on": began, "course": 1, "day": 1}
    act(stage, record_administration, cast.noor.actor, **dose, reason_override="its papers are those of the REMS")
    assert "rems_form/1" in agenda(stage, treatment)
    act(stage, complete_task, cast.nora.actor, treatment_id=treatment, key="rems_form/1", on=TODAY)
    assert not {"rems_form/1", "surveillance_end/1"} & {
        key for key, row in agenda(stage, treatment).items() if row.opens_on <= TODAY
    }
