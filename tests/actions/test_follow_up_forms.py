"""The form of a dose: one for each dose that stands, filled in from the record, open until somebody answers it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import select

from monitor.actions.correct_administration import correct_administration
from monitor.actions.correct_follow_up_form import correct_follow_up_form
from monitor.actions.file_follow_up_form import file_follow_up_form
from monitor.actions.record_administration import record_administration
from monitor.actions.record_assessment import record_assessment
from monitor.actions.record_death import record_death
from monitor.actions.record_dossier_entry import record_dossier_entry
from monitor.actions.retract_administration import retract_administration
from monitor.actions.retract_follow_up_form import retract_follow_up_form
from monitor.actions.stop_treatment import stop_treatment
from monitor.actions.waive_item import waive_item
from monitor.dossier.follow_up_form import FiledForm, Measure
from monitor.store.audit import AuditEntryRow
from monitor.store.follow_up_form import FollowUpFormRow, open_forms
from monitor.terms import Conflict, Missing, NotAllowed, Unacceptable
from tests.actions.acting import DAY, act, infuse_first_course, noted
from tests.cast import NOW, TODAY, Cast, Stage
from tests.factories.papers import bring_papers

FIRST = TODAY - 30 * DAY
ANSWERS = {"had_adverse_event": False, "pregnancy_exposure": "not_applicable", "had_device_problem": False}
WHY = "a misprint"


def dose(stage: Stage, cast: Cast, on: dt.date = FIRST) -> UUID:
    return act(stage, record_administration, cast.nora.actor, treatment_id=cast.theo_treatment, on=on)


def filed(stage: Stage, cast: Cast, of: UUID, **other: Any) -> UUID:
    return act(stage, file_follow_up_form, cast.nora.actor, dose_id=of, answers=ANSWERS | other)


def waiting(stage: Stage, *treatments: UUID) -> list[tuple[int, dt.date]]:
    with stage.sessions() as session:
        found = open_forms(session, treatments)
    return [(form.number, form.on) for forms in found.values() for form in forms]


def content(stage: Stage, form: UUID) -> FiledForm:
    with stage.sessions() as session:
        return msgspec.json.decode(session.get_one(FollowUpFormRow, form).answers, type=FiledForm)


def test_it_is_open_from_the_dose_until_it_is_filed(stage: Stage, cast: Cast) -> None:
    first = dose(stage, cast)
    dose(stage, cast, FIRST + 14 * DAY)
    infuse_first_course(stage, cast)
    assert waiting(stage, cast.theo_treatment, cast.ada_treatment) == [(1, FIRST), (2, FIRST + 14 * DAY)]

    filed(stage, cast, first)

    assert waiting(stage, cast.theo_treatment, cast.ada_treatment) == [(2, FIRST + 14 * DAY)]
    assert "file_follow_up_form" in noted(stage)


def test_it_has_the_number_that_the_calendar_gives_to_the_dose(stage: Stage, cast: Cast) -> None:
    """Dose 2 was waived before the next one came: that is dose 3, and so is its form."""
    dose(stage, cast, TODAY - 20 * DAY)
    act(stage, waive_item, cast.noor.actor, treatment_id=cast.theo_treatment, key="dose/2", reason=WHY)
    later = {"treatment_id": cast.theo_treatment, "on": TODAY + 8 * DAY}
    act(stage, record_administration, cast.nora.actor, at=NOW + 8 * DAY, **later)

    assert waiting(stage, cast.theo_treatment) == [(1, TODAY - 20 * DAY), (3, TODAY + 8 * DAY)]


def test_a_corrected_dose_keeps_its_form_and_a_retracted_one_asks_for_none(stage: Stage, cast: Cast) -> None:
    first = dose(stage, cast)
    form = filed(stage, cast, first)
    second = act(stage, correct_administration, cast.nora.actor, administration_id=first, on=FIRST - DAY, reason=WHY)
    assert waiting(stage, cast.theo_treatment) == []
    with pytest.raises(Conflict):
        filed(stage, cast, second)

    act(stage, correct_follow_up_form, cast.nora.actor, dose_id=first, form_id=form, answers=ANSWERS, reason=WHY)
    assert waiting(stage, cast.theo_treatment) == []
    act(stage, retract_administration, cast.nora.actor, administration_id=second, reason=WHY)

    assert waiting(stage, cast.theo_treatment) == []
    with pytest.raises(Conflict) as refusal:
        filed(stage, cast, second)
    assert refusal.value.field == "dose_id"


def test_a_dose_that_was_taken_back_asks_for_nothing(stage: Stage, cast: Cast) -> None:
    first, second = dose(stage, cast), dose(stage, cast, FIRST + 14 * DAY)
    act(stage, retract_administration, cast.nora.actor, administration_id=first, reason=WHY)

    assert waiting(stage, cast.theo_treatment) == [(1, FIRST + 14 * DAY)]
    with pytest.raises(Conflict, match="taken back"):
        filed(stage, cast, first)
    filed(stage, cast, second)


def test_it_leaves_to_the_next_dose_what_was_found_then(stage: Stage, cast: Cast) -> None:
    first, second = dose(stage, cast), dose(stage, cast, FIRST + 14 * DAY)
    weighed: dict[str, Any] = {"patient_id": cast.theo, "scale": "weight", "value": "71"}
    act(stage, record_assessment, cast.nora.actor, on=FIRST + 14 * DAY, **weighed)

    forms = [content(stage, filed(stage, cast, one)) for one in (first, second)]

    assert ["weight" in form.prefilled.missing for form in forms] == [True, False]


def test_an_open_form_of_a_corrected_dose_is_filed_by_either_id(stage: Stage, cast: Cast) -> None:
    first = dose(stage, cast)
    second = act(stage, correct_administration, cast.nora.actor, administration_id=first, on=FIRST - DAY, reason=WHY)
    form = filed(stage, cast, first)

    with stage.sessions() as session:
        assert session.get_one(FollowUpFormRow, form).administration_id == second
    assert waiting(stage, cast.theo_treatment) == []


def test_it_is_asked_for_after_a_stop_and_no_more_after_a_death(stage: Stage, cast: Cast) -> None:
    dose(stage, cast)
    act(stage, stop_treatment, cast.noor.actor, treatment_id=cast.theo_treatment, on=TODAY, reason="no benefit")
    assert waiting(stage, cast.theo_treatment) == [(1, FIRST)]
    act(stage, record_death, cast.nora.actor, patient_id=cast.theo, on=TODAY)
    assert waiting(stage, cast.theo_treatment) == []


def test_it_keeps_what_was_known_when_it_was_filed(stage: Stage, cast: Cast) -> None:
    first = dose(stage, cast)
    weighed: dict[str, Any] = {"patient_id": cast.theo, "scale": "weight", "on": FIRST}
    act(stage, record_assessment, cast.nora.actor, value="71", **weighed)
    drug: dict[str, Any] = {"section": "drug", "content": {"name": "riluzole"}}
    act(stage, record_dossier_entry, cast.nora.actor, treatment_id=cast.theo_treatment, **drug)
    form = content(stage, filed(stage, cast, first, had_adverse_event=True, adverse_event="headache"))

    assert form.answers.is_report_owed
    assert form.prefilled.measures == (Measure(scale="weight", value="71", on=FIRST),)
    assert form.prefilled.concomitant_drugs == ("riluzole",)
    assert set(form.prefilled.missing) == {
        "respiratory_status", "nutritional_status", "ambulatory_status", "alsfrs_r"
    }  # fmt: skip


def test_it_can_be_corrected_and_taken_back(stage: Stage, cast: Cast) -> None:
    first = dose(stage, cast)
    form = filed(stage, cast, first)
    right = ANSWERS | {"pregnancy_exposure": "yes"}
    change: dict[str, Any] = {"dose_id": first, "reason": WHY}
    second = act(stage, correct_follow_up_form, cast.nora.actor, form_id=form, answers=right, **change)
    assert content(stage, second).answers.is_report_owed
    with pytest.raises(Conflict) as refusal:
        act(stage, correct_follow_up_form, cast.noor.actor, form_id=form, answers=right, **change)
    assert refusal.value.field == "form_id"
    with pytest.raises(Conflict):
        act(stage, retract_follow_up_form, cast.noor.actor, form_id=form, **change)

    act(stage, retract_follow_up_form, cast.nora.actor, form_id=second, **change)

    assert waiting(stage, cast.theo_treatment) == [(1, FIRST)]
    filed(stage, cast, first)


def test_it_tells_nothing_of_the_answers_to_the_audit(stage: Stage, cast: Cast) -> None:
    filed(stage, cast, dose(stage, cast), had_adverse_event=True, adverse_event="Tiberius-Secretum")

    with stage.sessions() as session:
        entries = session.scalars(select(AuditEntryRow)).all()
    assert not any("Tiberius" in f"{entry.content}{entry.subject}{entry.why}" for entry in entries)


def test_it_is_refused_without_an_answer_to_the_question(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Unacceptable) as refusal:
        act(stage, file_follow_up_form, cast.nora.actor, dose_id=dose(stage, cast), answers={})
    assert refusal.value.field == "answers.had_adverse_event"


def test_it_is_hidden_from_other_sites_closed_to_other_roles_and_none_of_other_protocols(
    stage: Stage, cast: Cast
) -> None:
    first = dose(stage, cast)
    bring_papers(stage, cast, on=TODAY)
    infusion = act(
        stage, record_administration, cast.nora.actor, treatment_id=cast.ada_treatment, on=TODAY, course=1, day=1
    )
    with pytest.raises(Missing):
        act(stage, file_follow_up_form, cast.sven.actor, dose_id=first, answers=ANSWERS)
    with pytest.raises(NotAllowed):
        act(stage, file_follow_up_form, cast.farah.actor, dose_id=first, answers=ANSWERS)
    with pytest.raises(Conflict):
        filed(stage, cast, infusion)
