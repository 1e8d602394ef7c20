"""Registering, contact, consent and the start of a treatment."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from monitor.actions.change_contact import change_contact
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.open_record import StaleVersion
from monitor.actions.record_assessment import record_assessment
from monitor.actions.record_vaccination import record_vaccination
from monitor.actions.register_patient import register_patient
from monitor.actions.retract_assessment import retract_assessment
from monitor.actions.start_treatment import start_treatment
from monitor.actions.stop_treatment import stop_treatment
from monitor.actions.withdraw_sms_consent import withdraw_sms_consent
from monitor.schedules.facts import Sex
from monitor.store.assessment import AssessmentRow
from monitor.store.former_contact import FormerContactRow
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.terms import Conflict, Missing, NotAllowed, Unacceptable
from tests.actions.acting import DAY, act, agenda, noted, treatment_of
from tests.cast import TODAY, Cast, Stage

ADA: dict[str, Any] = {
    "family_name": "Berger",
    "given_name": "Ada",
    "birth_date": dt.date(1980, 2, 29),
    "sex": Sex.FEMALE,
    "language": "fr",
    "phone": "+33 6 39 98 00 01",
}


def _consents(stage: Stage) -> list[bool]:
    with stage.sessions() as session:
        return list(session.scalars(select(SmsConsentRow.is_given).order_by(SmsConsentRow.number)))


def test_it_registers_a_patient_with_a_number_without_spaces(stage: Stage, cast: Cast) -> None:
    patient = act(stage, register_patient, cast.nora.actor, site_id=cast.north, **ADA)
    with stage.sessions() as session:
        assert session.get_one(PatientRow, patient).phone == "+33639980001"
    assert noted(stage)[-1] == "register_patient"


@pytest.mark.parametrize(
    ("wrong", "field"),
    (
        ({"family_name": " "}, "family_name"),
        ({"given_name": "x" * 121}, "given_name"),
        ({"birth_date": TODAY + DAY}, "birth_date"),
        ({"birth_date": dt.date(1899, 12, 31)}, "birth_date"),
        ({"phone": "06 39 98"}, "phone"),
        ({"phone": "+33 6 39 98 00 01 ext. 5"}, "phone"),
        ({"phone": "+33 6 39 98 00 0x"}, "phone"),
        ({"language": "de"}, "language"),
        ({"timezone": "Europe/Lutetia"}, "timezone"),
    ),
    ids=str,
)
def test_it_refuses_nonsense_by_its_field(stage: Stage, cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        act(stage, register_patient, cast.nora.actor, site_id=cast.north, **ADA | wrong)
    assert refusal.value.field == field


@pytest.mark.parametrize("typed", ("06 39 98 00 01", "06.39.98.00.01", "0033 6 39 98 00 01"))
def test_a_number_may_be_typed_as_people_write_it(stage: Stage, cast: Cast, typed: str) -> None:
    patient_id = act(stage, register_patient, cast.nora.actor, site_id=cast.north, **ADA | {"phone": typed})
    with stage.work() as work:
        assert work.session.get_one(PatientRow, patient_id).phone == "+33639980001"


def test_nobody_registers_at_another_site(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Missing):
        act(stage, register_patient, cast.nora.actor, site_id=cast.south, **ADA)


def test_a_changed_number_counts_a_version(stage: Stage, cast: Cast) -> None:
    contact: dict[str, Any] = {
        "patient_id": cast.ada,
        "phone": "+33639980002",
        "language": "en",
        "timezone": "America/Cayenne",
    }
    act(stage, change_contact, cast.nora.actor, **contact, expected_version=1)
    with pytest.raises(StaleVersion):
        act(stage, change_contact, cast.nora.actor, **contact | {"language": "fr"}, expected_version=1)
    before = noted(stage)
    act(stage, change_contact, cast.nora.actor, **contact, expected_version=2)
    assert noted(stage) == before


def test_the_number_that_was_replaced_stays_readable(stage: Stage, cast: Cast) -> None:
    """G10: who changed it, when, and what it was."""
    for phone in ("+33639980077", "+33639980078"):
        contact: dict[str, Any] = {"patient_id": cast.ada, "phone": phone, "language": "fr", "timezone": None}
        act(stage, change_contact, cast.nora.actor, **contact)
    with stage.work() as work:
        kept = work.session.execute(
            select(FormerContactRow.phone, FormerContactRow.replaced_by).order_by(FormerContactRow.patient_version)
        ).all()
    assert [tuple(row) for row in kept] == [("+33639980001", cast.nora.actor.id), ("+33639980077", cast.nora.actor.id)]


def test_consent_is_given_withdrawn_and_given_again(stage: Stage, cast: Cast) -> None:
    for _ in range(2):
        act(stage, give_sms_consent, cast.nora.actor, patient_id=cast.ada)
    act(stage, withdraw_sms_consent, cast.nora.actor, patient_id=cast.ada, reason="by telephone")
    act(stage, give_sms_consent, cast.nora.actor, patient_id=cast.ada)
    assert _consents(stage) == [True, False, True]


def test_a_treatment_is_pinned_to_the_newest_version(stage: Stage, cast: Cast) -> None:
    assert treatment_of(stage, cast.ada_treatment).protocol == "alemtuzumab.v1"
    assert "infusion/1.1" in agenda(stage, cast.ada_treatment)


@pytest.mark.parametrize(
    ("wrong", "field"),
    (
        ({"protocol": "snake_oil"}, "protocol"),
        ({"protocol": "tofersen.v9"}, "protocol"),
        ({"profile": "moon"}, "profile"),
        ({"started_on": TODAY + 800 * DAY}, "started_on"),
        ({"started_on": dt.date(1970, 1, 1)}, "started_on"),
    ),
    ids=str,
)
def test_it_refuses_a_start_that_cannot_be(stage: Stage, cast: Cast, wrong: dict[str, Any], field: str) -> None:
    start: dict[str, Any] = {"patient_id": cast.ada, "protocol": "tofersen", "profile": "eu", "started_on": TODAY}
    with pytest.raises(Unacceptable) as refusal:
        act(stage, start_treatment, cast.noor.actor, **start | wrong)
    assert refusal.value.field == field


def test_a_treatment_may_begin_later(stage: Stage, cast: Cast) -> None:
    start: dict[str, Any] = {
        "patient_id": cast.ada,
        "protocol": "tofersen",
        "profile": "eu",
        "started_on": TODAY + 30 * DAY,
    }
    later = act(stage, start_treatment, cast.noor.actor, **start)
    assert agenda(stage, later)["dose/1"].due_on == TODAY + 30 * DAY


def test_the_same_therapy_starts_again_only_after_it_was_stopped(stage: Stage, cast: Cast) -> None:
    start: dict[str, Any] = {"patient_id": cast.theo, "protocol": "tofersen", "profile": "eu", "started_on": TODAY}
    with pytest.raises(Conflict):
        act(stage, start_treatment, cast.noor.actor, **start)
    act(stage, stop_treatment, cast.noor.actor, treatment_id=cast.theo_treatment, on=TODAY, reason="a wish")
    assert "dose/1" in agenda(stage, act(stage, start_treatment, cast.noor.actor, **start))


def test_a_nurse_does_not_start_a_treatment(stage: Stage, cast: Cast) -> None:
    start: dict[str, Any] = {"patient_id": cast.ada, "protocol": "tofersen", "profile": "eu", "started_on": TODAY}
    with pytest.raises(NotAllowed):
        act(stage, start_treatment, cast.nora.actor, **start)


def test_an_assessment_credits_and_its_retraction_no_longer_does(stage: Stage, cast: Cast) -> None:
    assert "alsfrs_r/0" in agenda(stage, cast.theo_treatment)
    scored: dict[str, Any] = {"patient_id": cast.theo, "scale": "ALSFRS_R", "value": "38", "on": TODAY}
    one = act(stage, record_assessment, cast.nora.actor, **scored)
    assert "alsfrs_r/0" not in agenda(stage, cast.theo_treatment)
    act(stage, retract_assessment, cast.nora.actor, assessment_id=one, reason="another patient")
    assert "alsfrs_r/0" in agenda(stage, cast.theo_treatment)
    with pytest.raises(Conflict):
        act(stage, retract_assessment, cast.nora.actor, assessment_id=one, reason="another patient")


@pytest.mark.parametrize(
    ("scale", "value", "field"),
    (
        ("alsfrs_r", "49", "value"),
        ("alsfrs_r", "-1", "value"),
        ("alsfrs_r", "many", "value"),
        ("ambulatory_status", "9", "value"),
        ("skin", " ", "value"),
        ("luck", "7", "scale"),
    ),
)
def test_it_refuses_an_assessment_that_cannot_be(stage: Stage, cast: Cast, scale: str, value: str, field: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        act(stage, record_assessment, cast.nora.actor, patient_id=cast.theo, scale=scale, value=value, on=TODAY)
    assert refusal.value.field == field
    with stage.sessions() as session:
        assert session.scalars(select(AssessmentRow)).all() == []


def test_a_vaccination_at_a_wrong_time_is_a_fact_all_the_same(stage: Stage, cast: Cast) -> None:
    given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "on": TODAY, "vaccine": "measles", "live": True}
    act(stage, record_vaccination, cast.nora.actor, **given)
    assert "record_vaccination" in noted(stage)
