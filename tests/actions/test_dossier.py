"""The dossier through its actions: one statement where one can stand, nothing overwritten, and the calendar follows."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from monitor.actions.accept_transfer import accept_transfer
from monitor.actions.correct_dossier_entry import correct_dossier_entry
from monitor.actions.offer_transfer import offer_transfer
from monitor.actions.prepare_transfer import prepare_transfer
from monitor.actions.record_administration import record_administration
from monitor.actions.record_death import record_death
from monitor.actions.record_dossier_entry import record_dossier_entry
from monitor.actions.retract_administration import retract_administration
from monitor.actions.retract_dossier_entry import retract_dossier_entry
from monitor.actions.stop_treatment import stop_treatment
from monitor.schedules.facts import Person, Vzv
from monitor.store.audit import AuditEntryRow
from monitor.store.dossier import DossierRow
from monitor.store.histories import read_history
from monitor.terms import Actor, Conflict, Missing, NotAllowed, Unacceptable
from tests.actions.acting import DAY, act, agenda, noted, treatment_of
from tests.cast import TODAY, Cast, Stage

ALS = {"sod1_variant": "p.Ala5Val", "onset": "bulbar", "age_at_diagnosis": 40}
STOPPED = {"reasons": ["progression", "patient_wish"], "primary": "progression"}
WHY = "a misprint"


def state(stage: Stage, cast: Cast, section: str, content: dict[str, Any], **other: Any) -> UUID:
    given = {"treatment_id": cast.theo_treatment} | other
    return act(stage, record_dossier_entry, cast.nora.actor, section=section, content=content, **given)


def correct(stage: Stage, cast: Cast, entry: UUID, content: dict[str, Any], **other: Any) -> UUID:
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment, "reason": WHY} | other
    return act(stage, correct_dossier_entry, cast.nora.actor, entry_id=entry, content=content, **given)


def retract(stage: Stage, cast: Cast, entry: UUID, *, by: Actor | None = None) -> UUID:
    given: dict[str, Any] = {"treatment_id": cast.theo_treatment, "entry_id": entry, "reason": WHY}
    return act(stage, retract_dossier_entry, by or cast.nora.actor, **given)


def access(decided_on: dt.date, *, days: int = 365, number: str = "AAC-1") -> dict[str, Any]:
    return {
        "requested_on": str(decided_on), "decision": "accepted", "decided_on": str(decided_on), "number": number,
        "expires_on": str(decided_on + days * DAY),
    }  # fmt: skip


def vzv(days_ago: int, outcome: str) -> dict[str, Any]:
    return {"item": "vzv", "done_on": str(TODAY - days_ago * DAY), "outcome": outcome}


def person(stage: Stage, treatment_id: UUID) -> Person:
    with stage.sessions() as session:
        return read_history(session, treatment_id=treatment_id, dictionary=stage.catalog.dictionary).person


def test_it_keeps_every_version_with_who_and_why(stage: Stage, cast: Cast) -> None:
    version = treatment_of(stage, cast.theo_treatment).version
    first = state(stage, cast, "als", ALS)
    second = correct(stage, cast, first, ALS | {"onset": "spinal_lumbar"})
    third = retract(stage, cast, second)

    with stage.sessions() as session:
        rows = {row.id: row for row in session.scalars(select(DossierRow))}
    assert '"onset":"bulbar"' in rows[first].content
    assert (rows[second].replaces_id, rows[second].reason, rows[second].recorded_by) == (first, WHY, cast.nora.actor.id)
    assert (rows[third].replaces_id, rows[third].is_retraction) == (second, True)
    assert treatment_of(stage, cast.theo_treatment).version == version + 3
    assert {"record_dossier_entry", "correct_dossier_entry", "retract_dossier_entry"} <= set(noted(stage))


def test_it_tells_nothing_of_the_content_to_the_audit(stage: Stage, cast: Cast) -> None:
    state(stage, cast, "drug", {"name": "Tiberius-Secretum"})

    with stage.sessions() as session:
        entries = session.scalars(select(AuditEntryRow)).all()
    assert not any("Tiberius" in f"{entry.content}{entry.subject}{entry.why}" for entry in entries)


def test_it_takes_a_second_statement_only_as_a_correction(stage: Stage, cast: Cast) -> None:
    first = state(stage, cast, "als", ALS)
    with pytest.raises(Conflict) as refusal:
        state(stage, cast, "als", ALS | {"onset": "spinal_lumbar"})
    assert refusal.value.field == "section"

    retract(stage, cast, first)
    state(stage, cast, "als", ALS | {"onset": "spinal_lumbar"})


def test_it_takes_many_where_many_can_stand_but_the_same_once(stage: Stage, cast: Cast) -> None:
    state(stage, cast, "drug", {"name": "riluzole"})
    state(stage, cast, "drug", {"name": "edaravone"})
    with pytest.raises(Conflict) as refusal:
        state(stage, cast, "drug", {"name": " riluzole "})
    assert refusal.value.field == "content"


def test_it_tells_the_second_of_two_who_correct_the_same(stage: Stage, cast: Cast) -> None:
    first = state(stage, cast, "drug", {"name": "riluzole"})
    correct(stage, cast, first, {"name": "edaravone"})
    with pytest.raises(Conflict):
        correct(stage, cast, first, {"name": "quinine"})
    with pytest.raises(Conflict):
        retract(stage, cast, first)


def test_it_hides_what_is_of_another_dossier_site_or_role(stage: Stage, cast: Cast) -> None:
    entry = state(stage, cast, "drug", {"name": "riluzole"})
    with pytest.raises(Missing):
        correct(stage, cast, entry, {"name": "quinine"}, treatment_id=cast.ada_treatment)
    with pytest.raises(Missing):
        retract(stage, cast, entry, by=cast.sven.actor)
    with pytest.raises(NotAllowed):
        retract(stage, cast, entry, by=cast.farah.actor)


def test_it_wants_a_neurologist_of_the_site_as_prescriber(stage: Stage, cast: Cast) -> None:
    prescribed = {"prescribed_on": str(TODAY)}
    for somebody in (cast.nora.actor.id, cast.selma.actor.id, uuid4()):
        with pytest.raises(Unacceptable) as refusal:
            state(stage, cast, "prescriber", prescribed | {"staff_id": str(somebody)})
        assert refusal.value.field == "content.staff_id"
    state(stage, cast, "prescriber", prescribed | {"staff_id": str(cast.noor.actor.id)})


def test_after_a_hand_over_the_prescriber_stands_and_can_be_corrected(stage: Stage, cast: Cast) -> None:
    """The day was wrong, not the person; somebody else is named only from the site that has the patient now."""
    noor, selma = str(cast.noor.actor.id), str(cast.selma.actor.id)
    first = state(stage, cast, "prescriber", {"staff_id": noor, "prescribed_on": str(TODAY - 5 * DAY)})
    way: dict[str, Any] = {"patient_id": cast.theo, "to_site_id": cast.south, "reason": "he moves house"}
    handed_over = act(stage, prepare_transfer, cast.nora.actor, **way)
    act(stage, offer_transfer, cast.noor.actor, transfer_id=handed_over)
    act(stage, accept_transfer, cast.selma.actor, transfer_id=handed_over)

    def amend(entry: UUID, staff_id: str, on: dt.date) -> UUID:
        content = {"staff_id": staff_id, "prescribed_on": str(on)}
        given: dict[str, Any] = {"treatment_id": cast.theo_treatment, "entry_id": entry, "reason": WHY}
        return act(stage, correct_dossier_entry, cast.sven.actor, content=content, **given)

    second = amend(first, noor, TODAY - 6 * DAY)
    third = amend(second, selma, TODAY)
    with pytest.raises(Unacceptable) as refusal:
        amend(third, noor, TODAY)

    assert refusal.value.field == "content.staff_id"
    with stage.sessions() as session:
        rows = {row.id: row.replaces_id for row in session.scalars(select(DossierRow))}
    assert rows == {first: None, second: first, third: second}


def test_it_knows_no_reasons_of_a_stop_before_the_stop(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Conflict) as refusal:
        state(stage, cast, "stop_reasons", STOPPED)
    assert refusal.value.field == "section"

    act(stage, stop_treatment, cast.noor.actor, treatment_id=cast.theo_treatment, on=TODAY, reason="no benefit")
    state(stage, cast, "stop_reasons", STOPPED)


def test_it_takes_a_death_for_a_reason_once_it_is_recorded(stage: Stage, cast: Cast) -> None:
    died = {"reasons": ["death"], "primary": "death"}
    act(stage, stop_treatment, cast.noor.actor, treatment_id=cast.theo_treatment, on=TODAY, reason="no benefit")
    with pytest.raises(Unacceptable):
        state(stage, cast, "stop_reasons", died)
    act(stage, record_death, cast.nora.actor, patient_id=cast.theo, on=TODAY)
    state(stage, cast, "stop_reasons", died)


def test_it_never_says_not_started_of_a_treatment_with_a_dose(stage: Stage, cast: Cast) -> None:
    not_started = {"reason": "no_first_dose_date", "decided_on": str(TODAY)}
    dose = act(stage, record_administration, cast.nora.actor, treatment_id=cast.theo_treatment, on=TODAY - 5 * DAY)
    with pytest.raises(Conflict):
        state(stage, cast, "not_started", not_started)
    act(stage, retract_administration, cast.nora.actor, administration_id=dose, reason=WHY)
    state(stage, cast, "not_started", not_started)


def test_it_has_no_section_of_another_disease(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Unacceptable) as refusal:
        state(stage, cast, "als", ALS, treatment_id=cast.ada_treatment)
    assert refusal.value.field == "section"


def test_the_newest_acceptance_reaches_the_calendar(stage: Stage, cast: Cast) -> None:
    state(stage, cast, "access_request", access(TODAY - 300 * DAY))
    assert person(stage, cast.theo_treatment).access_expires_on == TODAY + 65 * DAY
    renewal = state(stage, cast, "access_request", access(TODAY - DAY, number="AAC-2"))
    state(stage, cast, "access_request", {"requested_on": str(TODAY), "decision": "pending"})
    assert person(stage, cast.theo_treatment).access_expires_on == TODAY + 364 * DAY
    retract(stage, cast, renewal)
    assert person(stage, cast.theo_treatment).access_expires_on == TODAY + 65 * DAY


def test_an_access_about_to_end_stands_in_the_agenda(stage: Stage, cast: Cast) -> None:
    entry = state(stage, cast, "access_request", access(TODAY - 320 * DAY))
    item = agenda(stage, cast.theo_treatment)["access_renewal/1"]
    assert item.due_on == TODAY - 15 * DAY  # sixty days before the end

    correct(stage, cast, entry, access(TODAY - 10 * DAY))
    assert agenda(stage, cast.theo_treatment)["access_renewal/1"].due_on == TODAY + 295 * DAY


def test_the_newest_serology_reaches_the_calendar(stage: Stage, cast: Cast) -> None:
    of_ada = {"treatment_id": cast.ada_treatment}
    assert person(stage, cast.ada_treatment).vzv is None
    newest = state(stage, cast, "pretreatment_check", vzv(5, "negative"), **of_ada)
    state(stage, cast, "pretreatment_check", vzv(90, "immune"), **of_ada)
    state(stage, cast, "pretreatment_check", vzv(0, "negative") | {"item": "hiv"}, **of_ada)
    assert person(stage, cast.ada_treatment).vzv is Vzv.NEGATIVE
    correct(stage, cast, newest, vzv(5, "unknown"), **of_ada)
    assert person(stage, cast.ada_treatment).vzv is Vzv.UNKNOWN
