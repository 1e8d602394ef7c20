"""Designating a caregiver, their consent, whose telephone a number is, and whom the texts go to."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from monitor.actions.change_contact import change_contact
from monitor.actions.choose_recipients import choose_recipients
from monitor.actions.confirm_number import confirm_number
from monitor.actions.designate_caregiver import designate_caregiver
from monitor.actions.end_caregiver import end_caregiver
from monitor.actions.give_caregiver_consent import give_caregiver_consent
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.open_record import StaleVersion
from monitor.actions.record_death import record_death
from monitor.actions.report_wrong_number import report_wrong_number
from monitor.actions.withdraw_caregiver_consent import withdraw_caregiver_consent
from monitor.delivery.tasks import Topic, open_task
from monitor.overviews.recipients import recipients
from monitor.store.alert import AlertRow
from monitor.store.caregiver import CaregiverRow
from monitor.store.message import MessageRow
from monitor.terms import Conflict, Missing, NotAllowed, Unacceptable
from tests.actions.acting import act, be_late, noted
from tests.cast import NOW, TODAY, Cast, Stage

PAUL: dict[str, Any] = {"name": "Paul Berger", "phone": "06 39 98 00 03", "language": "en"}
PHONE = "+33639980003"
ADAS = "+33639980001"


def designated(stage: Stage, cast: Cast) -> None:
    act(stage, designate_caregiver, cast.nora.actor, patient_id=cast.ada, **PAUL)


def reachable(stage: Stage, cast: Cast) -> None:
    """Paul agreed, and was called."""
    designated(stage, cast)
    act(stage, give_caregiver_consent, cast.nora.actor, patient_id=cast.ada)
    act(stage, confirm_number, cast.nora.actor, patient_id=cast.ada, recipient="caregiver", phone=PHONE)


def with_telephones(stage: Stage, cast: Cast) -> None:
    """Ada can be written to."""
    stage.settings = dataclasses.replace(
        stage.settings, public_page_url="https://example.org", public_telephone="+33 1 99 00 12 34"
    )
    act(stage, change_contact, cast.nora.actor, patient_id=cast.ada, phone=ADAS, language="fr", timezone=None)
    act(stage, give_sms_consent, cast.nora.actor, patient_id=cast.ada)


def lacks(stage: Stage, cast: Cast) -> str | None:
    with stage.work(by=cast.nora.actor) as work:
        found = recipients(work, patient_id=cast.ada).caregiver
    assert found is not None
    return found.lacks


def test_h39_a_caregiver_is_reached_once_they_agreed_and_their_telephone_was_called(stage: Stage, cast: Cast) -> None:
    designated(stage, cast)
    assert lacks(stage, cast) == "no consent to text messages"

    act(stage, give_caregiver_consent, cast.nora.actor, patient_id=cast.ada)
    assert lacks(stage, cast) == "nobody has confirmed the telephone of the caregiver"

    act(stage, confirm_number, cast.nora.actor, patient_id=cast.ada, recipient="caregiver", phone="06 39 98 00 03")
    assert lacks(stage, cast) is None


def test_a_caregiver_is_designated_once_and_ended_with_a_reason_that_stays_readable_g10(
    stage: Stage, cast: Cast
) -> None:
    designated(stage, cast)
    with pytest.raises(Conflict):
        designated(stage, cast)

    act(stage, end_caregiver, cast.nora.actor, patient_id=cast.ada, reason="moved away")
    designated(stage, cast)

    with stage.sessions() as session:
        rows = session.scalars(select(CaregiverRow).order_by(CaregiverRow.ended_at.is_(None))).all()
    assert [(row.phone, row.end_reason) for row in rows] == [(PHONE, "moved away"), (PHONE, None)]
    assert "end_caregiver" in noted(stage)


def test_who_comes_after_has_to_agree_and_to_be_called_themselves(stage: Stage, cast: Cast) -> None:
    reachable(stage, cast)
    act(stage, end_caregiver, cast.nora.actor, patient_id=cast.ada, reason="moved away")
    designated(stage, cast)

    assert lacks(stage, cast) == "no consent to text messages"


@pytest.mark.parametrize(
    ("wrong", "field"), [({"name": " "}, "name"), ({"phone": "06 39"}, "phone"), ({"language": "xx"}, "language")]
)
def test_it_refuses_nonsense_about_a_caregiver_by_its_field(
    stage: Stage, cast: Cast, wrong: dict[str, str], field: str
) -> None:
    with pytest.raises(Unacceptable) as refusal:
        act(stage, designate_caregiver, cast.nora.actor, patient_id=cast.ada, **PAUL | wrong)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("action", "given"),
    [
        (end_caregiver, {"reason": "moved"}),
        (give_caregiver_consent, {}),
        (withdraw_caregiver_consent, {"reason": "too many"}),
        (choose_recipients, {"recipients": "both"}),
        (confirm_number, {"recipient": "caregiver", "phone": PHONE}),
        (report_wrong_number, {"recipient": "caregiver", "phone": PHONE, "reason": "a stranger"}),
        (confirm_number, {"recipient": "self", "phone": PHONE}),
    ],
)
def test_nothing_can_be_said_of_a_caregiver_or_a_number_that_is_not_there(
    stage: Stage, cast: Cast, action: Callable[..., object], given: dict[str, Any]
) -> None:
    with pytest.raises(Conflict):
        act(stage, action, cast.nora.actor, patient_id=cast.ada, **given)


def test_nobody_of_another_site_or_function_designates_g12(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Missing):
        act(stage, designate_caregiver, cast.sven.actor, patient_id=cast.ada, **PAUL)
    with pytest.raises(NotAllowed):
        act(stage, designate_caregiver, cast.farah.actor, patient_id=cast.ada, **PAUL)


def test_each_change_counts_a_version_of_the_patient_g9(stage: Stage, cast: Cast) -> None:
    designated(stage, cast)
    with pytest.raises(StaleVersion):
        act(stage, choose_recipients, cast.nora.actor, patient_id=cast.ada, recipients="both", expected_version=1)


def test_no_caregiver_is_designated_nor_agrees_for_the_dead_h36(stage: Stage, cast: Cast) -> None:
    designated(stage, cast)
    act(stage, record_death, cast.nora.actor, patient_id=cast.ada, on=TODAY)
    with pytest.raises(Conflict):
        act(stage, give_caregiver_consent, cast.nora.actor, patient_id=cast.ada)
    act(stage, end_caregiver, cast.nora.actor, patient_id=cast.ada, reason="the patient died")
    with pytest.raises(Conflict):
        designated(stage, cast)


def test_a_choice_sends_what_waits_to_the_other_one_at_once(stage: Stage, cast: Cast) -> None:
    with_telephones(stage, cast)
    reachable(stage, cast)
    be_late(stage, cast)
    act(stage, choose_recipients, cast.nora.actor, patient_id=cast.ada, recipients="caregiver")
    with stage.sessions() as session:
        states = {row.recipient: row.state for row in session.scalars(select(MessageRow))}
    assert states == {"self": "cancelled", "caregiver": "pending"}

    act(stage, withdraw_caregiver_consent, cast.nora.actor, patient_id=cast.ada, reason="too many")
    act(stage, choose_recipients, cast.nora.actor, patient_id=cast.ada, recipients="self")
    with stage.sessions() as session:
        states = {row.recipient: row.state for row in session.scalars(select(MessageRow))}
    assert states == {"self": "pending", "caregiver": "cancelled"}


def test_h34_a_confirmation_ends_the_task_that_asked_for_it(stage: Stage, cast: Cast) -> None:
    with_telephones(stage, cast)
    with stage.work() as work:
        open_task(
            work, Topic.NUMBER, treatment_id=cast.ada_treatment, patient_id=cast.ada, site_id=cast.north, because="old"
        )
        work.note("a test")
    act(stage, report_wrong_number, cast.nora.actor, patient_id=cast.ada, recipient="self", phone=ADAS, reason="no")
    assert _open(stage) == [True]

    act(stage, confirm_number, cast.nora.actor, patient_id=cast.ada, recipient="self", phone=ADAS)
    assert _open(stage) == [False]
    with stage.work(by=cast.nora.actor) as work:
        assert recipients(work, patient_id=cast.ada).self.number_confirmed_at == NOW


def _open(stage: Stage) -> list[bool]:
    with stage.sessions() as session:
        rows = session.scalars(select(AlertRow).where(AlertRow.topic == Topic.NUMBER.value))
        return [row.closed_at is None for row in rows]
