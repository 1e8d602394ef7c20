"""One telephone of several people: patients, those who look after one, and both at once (H34, H35, H39)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import pytest

from monitor.delivery.consent import note_caregiver_consent
from monitor.store.caregiver import CaregiverConsentRow, CaregiverRow
from monitor.store.inbound_message import InboundPatientRow
from monitor.store.number_check import NumberCheckRow
from monitor.store.patient import PatientRow, SmsConsentRow
from tests.delivery.scene import CREATED, PHONE, Scene
from tests.webhooks.provider import Provider

OF_CAREGIVER = "+33639980033"


def designate(scene: Scene, phone: str) -> uuid.UUID:
    """A caregiver with a consent of their own; the id."""
    caregiver_id = uuid.uuid4()
    scene.add(
        CaregiverRow(
            id=caregiver_id, patient_id=scene.patient_id, name="Bea Exemple", phone=phone, language="en",
            designated_by=uuid.uuid4(), designated_at=CREATED,
        )
    )  # fmt: skip
    with scene.work() as work:
        note_caregiver_consent(
            work, caregiver_id=caregiver_id, patient_id=scene.patient_id, site_id=scene.site_id, is_given=True,
            action="give_caregiver_consent", reason=None,
        )  # fmt: skip
    return caregiver_id


def given(rows: Sequence[SmsConsentRow | CaregiverConsentRow]) -> list[bool]:
    return [row.is_given for row in sorted(rows, key=lambda row: row.number)]


def test_the_stop_of_a_caregiver_is_theirs_alone_h35_h39(provider: Provider, scene: Scene) -> None:
    designate(scene, OF_CAREGIVER)
    answer = provider.write("STOP", sender=OF_CAREGIVER)

    assert "You will get no more texts" in answer.text
    assert given(scene.rows(CaregiverConsentRow)) == [True, False]
    assert given(scene.rows(SmsConsentRow)) == [True]
    assert scene.tasks == ["reminder:no_channel"]
    assert [row.recipient for row in scene.rows(InboundPatientRow)] == ["caregiver"]


def test_the_stop_of_a_telephone_that_both_use_is_that_of_both_h35(provider: Provider, scene: Scene) -> None:
    designate(scene, PHONE)
    provider.write("STOP")
    assert (given(scene.rows(CaregiverConsentRow)), given(scene.rows(SmsConsentRow))) == ([True, False], [True, False])
    assert scene.tasks == ["reminder:no_channel"]

    provider.write("START")
    assert given(scene.rows(CaregiverConsentRow)) == [True, False, True]
    assert given(scene.rows(SmsConsentRow)) == [True, False, True]


def test_start_from_another_telephone_gives_nothing_back_h35(provider: Provider, scene: Scene) -> None:
    """Who has the old number may not speak for the new one, nor the other way round."""
    provider.write("STOP")
    scene.change(PatientRow, phone=OF_CAREGIVER)
    provider.write("START", sender=OF_CAREGIVER)
    provider.write("START", sender=PHONE)

    assert given(scene.rows(SmsConsentRow)) == [True, False]


def test_a_caregiver_who_is_one_no_more_stops_nothing(provider: Provider, scene: Scene) -> None:
    designate(scene, OF_CAREGIVER)
    scene.change(CaregiverRow, ended_at=CREATED, ended_by=uuid.uuid4(), end_reason="moved away")
    provider.write("STOP", sender=OF_CAREGIVER)

    assert given(scene.rows(CaregiverConsentRow)) == [True]
    assert scene.tasks == []


def test_the_wrong_number_of_a_caregiver_is_no_word_about_the_patients_h34(provider: Provider, scene: Scene) -> None:
    caregiver_id = designate(scene, OF_CAREGIVER)
    provider.write("wrong number", sender=OF_CAREGIVER)

    (check,) = scene.rows(NumberCheckRow)
    assert (check.caregiver_id, check.is_right, check.checked_by) == (caregiver_id, False, "reply")
    assert given(scene.rows(CaregiverConsentRow)) == [True]


@pytest.mark.parametrize("spoilt", ("language", "timezone", "birth_date"))
def test_a_record_that_cannot_be_used_keeps_no_stop_out_h28_h35(provider: Provider, scene: Scene, spoilt: str) -> None:
    with scene.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE patient SET {spoilt} = 'nope'")

    assert provider.write("STOP").status_code == 200
    assert given(scene.rows(SmsConsentRow)) == [True, False]
    assert scene.tasks == ["reminder:no_channel"]
