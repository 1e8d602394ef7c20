"""A dose against a gate is refused, unless a neurologist says why; what every gate answered is kept with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from monitor.actions.close_alert import close_alert
from monitor.actions.correct_administration import correct_administration
from monitor.actions.record_administration import record_administration
from monitor.actions.record_dossier_entry import record_dossier_entry
from monitor.actions.record_panel import record_panel
from monitor.actions.report_signs import report_signs
from monitor.actions.retract_result import retract_result
from monitor.actions.sheet_line import PanelValue
from monitor.actions.suspend_treatment import suspend_treatment
from monitor.overviews.administrations import KeptGate, administrations
from monitor.store.administration import AdministrationRow
from monitor.store.alert import AlertRow
from monitor.store.treatment import TreatmentRow
from monitor.terms import NotAllowed, Unacceptable
from tests.actions.acting import DAY, act, open_alerts
from tests.cast import TODAY, Cast, Stage
from tests.factories.papers import BASELINE, PAPERS, bring_papers

WHY = "platelets after transfusion seen by telephone"


def puncture(stage: Stage, cast: Cast, *, override: str | None = None, by: str = "nora", on: dt.date = TODAY) -> UUID:
    """A dose of tofersen."""
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment, "on": on}
    if override is not None:
        given["reason_override"] = override
    return act(stage, record_administration, getattr(cast, by).actor, **given)


def infusion(stage: Stage, cast: Cast, *, on: dt.date = TODAY, day: int = 1, by: str = "nora", **more: Any) -> UUID:
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "on": on, "course": 1, "day": day}
    return act(stage, record_administration, getattr(cast, by).actor, **given, **more)


def count_of_theo(stage: Stage, cast: Cast, value: str, *, on: dt.date = TODAY) -> UUID:
    sheet = [PanelValue(analyte="platelets", value=value, unit="10*9/L")]
    given: dict[str, Any] = {"patient_id": cast.theo, "collected_on": on, "values": sheet}
    return act(stage, record_panel, cast.nora.actor, **given).result_ids[0]


def kept(stage: Stage, treatment_id: UUID, dose_id: UUID, by: Any) -> Mapping[str, KeptGate]:
    with stage.work(by=by) as work:
        page = administrations(work, treatment_id=treatment_id, cursor=None, limit=50)
    return {gate.id: gate for gate in next(one for one in page.items if one.id == dose_id).gates}


def doses(stage: Stage) -> int:
    with stage.sessions() as session:
        return len(session.scalars(select(AdministrationRow)).all())


@pytest.mark.parametrize("by", ("nora", "noor"))
def test_a_dose_against_a_gate_is_refused_for_everybody_who_gives_no_reason(stage: Stage, cast: Cast, by: str) -> None:
    count_of_theo(stage, cast, "49")
    with pytest.raises(Unacceptable, match="platelets: 49 × 10⁹/L is below 50") as refusal:
        puncture(stage, cast, by=by)
    assert refusal.value.field == "on"
    assert doses(stage) == 0


def test_a_nurse_may_not_override_and_a_neurologist_may_with_a_reason_that_is_kept(stage: Stage, cast: Cast) -> None:
    count_of_theo(stage, cast, "49")
    with pytest.raises(NotAllowed):
        puncture(stage, cast, override=WHY)
    dose = puncture(stage, cast, override=WHY, by="noor")
    with stage.sessions() as session:
        assert session.get_one(AdministrationRow, dose).reason_override == WHY
    platelets = kept(stage, cast.theo_treatment, dose, cast.noor.actor)["platelets"]
    assert (platelets.answer, platelets.found, platelets.unit, platelets.on, platelets.age_days) == (
        "block", "49", "10*9/L", TODAY, 0,
    )  # fmt: skip


def test_what_asks_refuses_nothing_and_is_kept_too(stage: Stage, cast: Cast) -> None:
    count_of_theo(stage, cast, "96", on=TODAY - 2 * DAY)
    found = kept(stage, cast.theo_treatment, puncture(stage, cast), cast.nora.actor)
    assert (found["platelets"].answer, found["platelets"].age_days) == ("ask", 2)
    assert (found["inr"].answer, found["inr"].because) == ("ask", "no value of inr")
    assert found["signs"].answer == "pass"


def test_what_was_kept_stays_when_its_value_is_taken_back(stage: Stage, cast: Cast) -> None:
    value = count_of_theo(stage, cast, "180")
    dose = puncture(stage, cast)
    act(stage, retract_result, cast.noor.actor, result_id=value, reason="of another patient")
    assert kept(stage, cast.theo_treatment, dose, cast.nora.actor)["platelets"].found == "180"


def test_facts_of_later_days_do_not_count(stage: Stage, cast: Cast) -> None:
    count_of_theo(stage, cast, "180", on=TODAY - 6 * DAY)
    count_of_theo(stage, cast, "30", on=TODAY - 2 * DAY)
    content: dict[str, Any] = {
        "asked_on": str(TODAY),
        "anticoagulant": "active",
        "infection": "present",
        "raised_pressure": "absent",
    }
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment, "section": "dose_check", "content": content}
    act(stage, record_dossier_entry, cast.nora.actor, **given)
    dose = puncture(stage, cast, on=TODAY - 5 * DAY)
    found = kept(stage, cast.theo_treatment, dose, cast.nora.actor)
    assert [found[name].answer for name in ("platelets", "anticoagulant", "infection")] == ["pass", "ask", "ask"]


def test_the_answers_of_the_day_hold_a_dose(stage: Stage, cast: Cast) -> None:
    content: dict[str, Any] = {
        "asked_on": str(TODAY),
        "anticoagulant": "active",
        "infection": "absent",
        "raised_pressure": "absent",
    }
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment, "section": "dose_check", "content": content}
    act(stage, record_dossier_entry, cast.nora.actor, **given)
    with pytest.raises(Unacceptable, match="anticoagulant: the dossier says: active"):
        puncture(stage, cast)


def test_a_sign_of_the_spine_holds_the_dose_until_a_neurologist_closes_its_alert_h45(stage: Stage, cast: Cast) -> None:
    act(
        stage, report_signs, cast.nora.actor, treatment_id=cast.theo_treatment, signs=["new_weakness"],
        noticed_on=TODAY - DAY,
    )  # fmt: skip
    with pytest.raises(Unacceptable, match="signs: reported, and no neurologist has closed the alert"):
        puncture(stage, cast)
    alert = open_alerts(stage, cast.theo_treatment)["sign:new_weakness"].id
    closing: dict[str, Any] = {"alert_id": alert, "action": "patient_seen", "reason": "MRI of the spine is normal"}
    with pytest.raises(NotAllowed):
        act(stage, close_alert, cast.nora.actor, **closing)
    act(stage, close_alert, cast.noor.actor, **closing)
    puncture(stage, cast)
    assert doses(stage) == 1


def test_a_dose_of_the_days_before_the_sign_was_noticed_is_not_held_by_it(stage: Stage, cast: Cast) -> None:
    act(
        stage, report_signs, cast.nora.actor, treatment_id=cast.theo_treatment, signs=["new_weakness"],
        noticed_on=TODAY,
    )  # fmt: skip
    puncture(stage, cast, on=TODAY - 5 * DAY)
    assert doses(stage) == 1


@pytest.mark.parametrize("without", ("", *BASELINE, *PAPERS))
def test_a_course_begins_with_its_baseline_and_its_papers(stage: Stage, cast: Cast, without: str) -> None:
    bring_papers(stage, cast, on=TODAY - 20 * DAY, without=without)
    if without == "":
        infusion(stage, cast)
        assert doses(stage) == 1
        return
    name = f"baseline:{without}" if without in BASELINE else without
    with pytest.raises(Unacceptable, match=name):
        infusion(stage, cast)
    infusion(stage, cast, by="noor", reason_override="it lies before me on paper")
    assert doses(stage) == 1


def test_later_days_of_a_course_need_no_papers_again(stage: Stage, cast: Cast) -> None:
    infusion(stage, cast, on=TODAY - DAY, by="noor", reason_override="it lies before me on paper")
    dose = infusion(stage, cast, day=2)
    assert set(kept(stage, cast.ada_treatment, dose, cast.nora.actor)) == {
        "suspended", "vital_signs", "infection", "signs", "open_alerts",
    }  # fmt: skip


def test_no_dose_goes_by_a_suspension(stage: Stage, cast: Cast) -> None:
    with stage.sessions() as session:
        version = session.get_one(TreatmentRow, cast.theo_treatment).version
    given: dict[str, Any] = {
        "treatment_id": cast.theo_treatment,
        "on": TODAY,
        "reason": "pneumonia",
        "expected_version": version,
    }
    act(stage, suspend_treatment, cast.noor.actor, **given)
    with pytest.raises(Unacceptable, match="suspended"):
        puncture(stage, cast)
    puncture(stage, cast, by="noor", override="the pneumonia is over, resumed by telephone")
    assert doses(stage) == 1


def test_a_correction_is_judged_for_its_own_day(stage: Stage, cast: Cast) -> None:
    count_of_theo(stage, cast, "180", on=TODAY - 6 * DAY)
    count_of_theo(stage, cast, "40", on=TODAY - 3 * DAY)
    dose = puncture(stage, cast, on=TODAY - 4 * DAY)
    moved: dict[str, Any] = {"administration_id": dose, "on": TODAY - 2 * DAY, "reason": "a misprint"}
    with pytest.raises(Unacceptable, match="platelets"):
        act(stage, correct_administration, cast.nora.actor, **moved)
    right = act(stage, correct_administration, cast.noor.actor, **moved, reason_override=WHY)
    assert kept(stage, cast.theo_treatment, right, cast.noor.actor)["platelets"].answer == "block"
    assert kept(stage, cast.theo_treatment, dose, cast.noor.actor)["platelets"].answer == "pass"


def test_h45_a_critical_value_that_nobody_has_settled_holds_every_infusion(stage: Stage, cast: Cast) -> None:
    bring_papers(stage, cast, on=TODAY - 20 * DAY)
    infusion(stage, cast, on=TODAY - DAY)
    sheet = [PanelValue(analyte="platelets", value="30", unit="10*9/L")]
    given: dict[str, Any] = {"patient_id": cast.ada, "collected_on": TODAY, "values": sheet}
    act(stage, record_panel, cast.nora.actor, **given)

    with pytest.raises(Unacceptable, match=r"open_alerts: critical, and nobody has closed the alert"):
        infusion(stage, cast, day=2)
    dose = infusion(stage, cast, day=2, by="noor", reason_override="haematologist agrees")
    gate = kept(stage, cast.ada_treatment, dose, cast.noor.actor)["open_alerts"]
    assert (gate.answer, gate.found, gate.on) == ("block", "platelets.below_50", TODAY)


def test_h45_a_settled_critical_value_holds_no_infusion_any_more(stage: Stage, cast: Cast) -> None:
    bring_papers(stage, cast, on=TODAY - 20 * DAY)
    infusion(stage, cast, on=TODAY - DAY)
    sheet = [PanelValue(analyte="platelets", value="30", unit="10*9/L")]
    given: dict[str, Any] = {"patient_id": cast.ada, "collected_on": TODAY, "values": sheet}
    act(stage, record_panel, cast.nora.actor, **given)
    for topic, alert in open_alerts(stage, cast.ada_treatment).items():
        if topic.startswith("result:"):
            closing: dict[str, Any] = {"alert_id": alert.id, "action": "referred", "reason": "haematologist sees it"}
            act(stage, close_alert, cast.noor.actor, **closing)

    infusion(stage, cast, day=2)
    assert doses(stage) == 2


def test_an_alert_of_another_treatment_of_the_patient_stands_before_the_dose_too(stage: Stage, cast: Cast) -> None:
    count_of_theo(stage, cast, "40")
    with stage.sessions() as session, session.begin():
        row = session.scalars(select(AlertRow).where(AlertRow.topic == "result:platelets.below_50")).one()
        row.treatment_id = None
    with pytest.raises(Unacceptable, match="open_alerts"):
        puncture(stage, cast)


@pytest.mark.parametrize(
    ("counts", "found"),
    (
        ((("60", 0),), ("ask", "platelets.below_100")),
        ((("30", 1), ("180", 0)), ("ask", "platelets.below_50")),  # eased, and nobody has seen it
        ((("180", 0),), ("pass", None)),
    ),
)
def test_what_is_urgent_or_eased_asks_before_a_dose_and_is_kept(
    stage: Stage, cast: Cast, counts: tuple[tuple[str, int], ...], found: tuple[str, str | None]
) -> None:
    for count, days_ago in counts:
        count_of_theo(stage, cast, count, on=TODAY - days_ago * DAY)
    gate = kept(stage, cast.theo_treatment, puncture(stage, cast), cast.nora.actor)["open_alerts"]
    assert (gate.answer, gate.found) == found


def test_a_critical_value_of_a_later_day_does_not_hold_a_dose_of_before(stage: Stage, cast: Cast) -> None:
    count_of_theo(stage, cast, "30")
    dose = puncture(stage, cast, on=TODAY - 5 * DAY)
    assert kept(stage, cast.theo_treatment, dose, cast.nora.actor)["open_alerts"].answer == "pass"
