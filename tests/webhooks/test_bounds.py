"""What a text may not do: promise a call to nobody, give back what a person took, call about somebody who died."""

from __future__ import annotations

import datetime as dt
import uuid

from monitor.actions.withdraw_caregiver_consent import withdraw_caregiver_consent
from monitor.actions.withdraw_sms_consent import withdraw_sms_consent
from monitor.store.alert import AlertRow
from monitor.store.caregiver import newest_caregiver_consent
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.terms import Actor, Role
from monitor.work import working
from tests.delivery.caregivers import CAREGIVER_PHONE, add_caregiver
from tests.delivery.scene import MORNING, PHONE, WEDNESDAY, Scene
from tests.webhooks.conftest import Clock
from tests.webhooks.heard import consents, said, tasks
from tests.webhooks.provider import Provider

HOUR = dt.timedelta(hours=1)
ELSEWHERE = "+33639980077"


def test_nobody_is_promised_a_call_whom_nobody_can_call_h41(provider: Provider, scene: Scene) -> None:
    told = said(provider.write("REPORTER", sender=ELSEWHERE))

    assert told is not None
    assert "appelez le 15 ou le 112" in told
    assert tasks(scene) == []


def test_start_gives_nothing_back_after_a_person_wrote_the_withdrawal_down_too_h35(
    provider: Provider, scene: Scene, clock: Clock
) -> None:
    """The usual way: STOP calls the nurse, who calls the patient, who wants no text ever again."""
    provider.write("STOP")
    nurse = Actor(id=uuid.uuid4(), role=Role.NURSE, site_ids=frozenset({scene.site_id}))
    for _ in range(2):
        with working(
            scene.sessions, catalog=scene.catalog, by=nurse, at=clock.at + HOUR, settings=scene.settings
        ) as work:
            withdraw_sms_consent(work, patient_id=scene.patient_id, reason="told me: never again")
    told = said(provider.write("START"))

    rows = sorted(scene.rows(SmsConsentRow), key=lambda row: row.number)
    assert [row.is_given for row in rows] == [True, False, False]
    assert rows[-1].reason == "told me: never again"
    assert told is not None
    assert "Urgence" in told


def test_the_same_of_a_caregiver_h35(provider: Provider, scene: Scene, clock: Clock) -> None:
    caregiver = add_caregiver(scene)
    provider.write("STOP", sender=CAREGIVER_PHONE)
    nurse = Actor(id=uuid.uuid4(), role=Role.NURSE, site_ids=frozenset({scene.site_id}))
    with working(scene.sessions, catalog=scene.catalog, by=nurse, at=clock.at + HOUR, settings=scene.settings) as work:
        withdraw_caregiver_consent(work, patient_id=scene.patient_id, reason="told me: never again")
    provider.write("START", sender=CAREGIVER_PHONE)

    with scene.work() as work:
        newest = newest_caregiver_consent(work.session, caregiver_id=caregiver)
        work.note("a test looks")
    assert newest is not None
    assert not newest.is_given


def test_nothing_begins_again_for_somebody_who_died_and_nobody_is_called_about_texts_h36(
    provider: Provider, scene: Scene
) -> None:
    provider.write("STOP")
    scene.change(PatientRow, died_on=WEDNESDAY)
    scene.change(AlertRow, closed_at=MORNING, closed_by=uuid.uuid4(), closing_reason="the death")
    told = [said(provider.write(text)) for text in ("START", "STOP", "mauvais numéro")]

    assert consents(scene) == [True, False]
    assert tasks(scene) == []
    assert not any(one is not None and "à nouveau nos SMS" in one for one in told)

    told = [said(provider.write(text, sender=PHONE)) for text in ("REPORTER", "je suis sa femme")]
    assert told == [None, None], "who to call was said a moment ago, and no call is promised"
    assert tasks(scene) == ["message:written"]


def test_a_clock_that_was_ahead_keeps_no_answer_back_h24_h41(provider: Provider, scene: Scene, clock: Clock) -> None:
    clock.at = MORNING + dt.timedelta(days=3)
    assert said(provider.write("aidez moi")) is not None
    clock.at = MORNING + 2 * HOUR

    assert said(provider.write("je saigne")) is not None
    assert said(provider.write("je saigne")) is None
