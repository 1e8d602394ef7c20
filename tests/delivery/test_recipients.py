"""Texts go to whom the patient chose, one each, never to anybody else, and to nobody in silence (G4, H34, H39)."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.delivery.queue import cancel_messages
from monitor.delivery.transport import NumberRefused, Sent
from monitor.delivery.verdict import Ended
from monitor.store.caregiver import CaregiverRow
from monitor.store.patient import PatientRow
from monitor.store.recipient import Recipient
from tests.delivery.caregivers import CAREGIVER_PHONE, NURSE, add_caregiver, check, choose, consent, told
from tests.delivery.scene import CREATED, MORNING, PHONE, WEDNESDAY, Provider, Scene, due

DAY = dt.timedelta(days=1)


def numbers(provider: Provider) -> list[str]:
    return sorted(text.to for text in provider.received)


def test_h39_a_caregiver_is_written_to_instead_of_the_patient_who_wants_it(scene: Scene) -> None:
    add_caregiver(scene)
    choose(scene, "caregiver")
    provider = Provider()
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)

    assert numbers(provider) == [CAREGIVER_PHONE]
    assert told(scene) == {("caregiver", "cbc/1.7"): "queued"}
    assert (scene.message.recipient, scene.message.language, scene.message.state) == ("caregiver", "en", "accepted")


def test_g4_both_get_one_text_each_in_their_own_language_and_no_more(scene: Scene) -> None:
    add_caregiver(scene)
    choose(scene, "both")
    provider = Provider()
    for _ in range(2):
        scene.queue(due(WEDNESDAY), due(WEDNESDAY, "tsh/1.2"))
        scene.deliver(provider)

    assert numbers(provider) == [PHONE, CAREGIVER_PHONE]
    assert {row.recipient: row.text[:7] for row in scene.messages} == {"self": "Rappel:", "caregiver": "Reminde"}


def test_h43_no_text_names_the_patient_or_the_caregiver(scene: Scene) -> None:
    add_caregiver(scene)
    choose(scene, "both")
    scene.queue(due(WEDNESDAY))

    said = " ".join(row.text for row in scene.messages)
    assert not [name for name in ("Ada", "Paul", "Exemple") if name in said]


def test_a_caregiver_who_was_not_chosen_gets_nothing(scene: Scene) -> None:
    add_caregiver(scene)
    provider = Provider()
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)

    assert numbers(provider) == [PHONE]


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [({"agrees": False}, "no consent"), ({"is_confirmed": False}, "nobody has confirmed the telephone")],
)
def test_h39_a_caregiver_who_cannot_be_written_to_is_a_task_and_never_the_patient_instead(
    scene: Scene, spoilt: dict[str, bool], why: str
) -> None:
    add_caregiver(scene, agrees=spoilt.get("agrees", True), is_confirmed=spoilt.get("is_confirmed", True))
    choose(scene, "caregiver")
    provider = Provider()
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)

    assert provider.received == []
    assert told(scene) == {("caregiver", "cbc/1.7"): "no_channel"}
    assert scene.tasks == ["reminder:no_channel"]
    assert why in scene.because("reminder:no_channel")


def test_h39_nobody_is_written_to_where_the_caregiver_who_was_chosen_is_one_no_longer(scene: Scene) -> None:
    add_caregiver(scene)
    choose(scene, "caregiver")
    scene.change(CaregiverRow, ended_at=MORNING, ended_by=NURSE, end_reason="moved away")
    scene.queue(due(WEDNESDAY))

    assert scene.messages == []
    assert scene.tasks == ["reminder:no_channel"]


def test_of_both_the_one_who_can_be_reached_is_told_and_the_other_is_a_task(scene: Scene) -> None:
    add_caregiver(scene, agrees=False)
    choose(scene, "both")
    provider = Provider()
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)

    assert numbers(provider) == [PHONE]
    assert told(scene) == {("self", "cbc/1.7"): "queued", ("caregiver", "cbc/1.7"): "no_channel"}
    assert scene.tasks == ["reminder:no_channel"]


def test_two_people_with_one_telephone_get_one_text(scene: Scene) -> None:
    add_caregiver(scene, phone=PHONE)
    choose(scene, "both")
    provider = Provider()
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)

    assert numbers(provider) == [PHONE]
    assert (told(scene), scene.tasks) == ({("self", "cbc/1.7"): "queued"}, [])


def test_g4_a_telephone_gets_one_text_a_day_whoever_it_is_for(scene: Scene) -> None:
    add_caregiver(scene, phone=PHONE)
    scene.queue(due(WEDNESDAY))
    scene.deliver(Provider())
    choose(scene, "caregiver")
    scene.queue(due(WEDNESDAY), due(WEDNESDAY + 5 * DAY, "tsh/1.2"))

    assert [row.local_day for row in scene.messages] == [WEDNESDAY, WEDNESDAY + DAY]


def test_each_has_a_day_and_a_week_of_their_own_h37(scene: Scene) -> None:
    for number in range(4):
        at = MORNING + number * DAY
        scene.queue(due(at.date(), f"cbc/1.{number}"), at=at)
        scene.deliver(Provider(), at)
    add_caregiver(scene)
    choose(scene, "both")
    monday = MORNING + 5 * DAY
    scene.queue(due(monday.date(), "tsh/1.2"), at=monday)

    days = {row.recipient: row.local_day for row in scene.messages}
    assert days == {"self": WEDNESDAY + 7 * DAY, "caregiver": monday.date()}


@pytest.mark.parametrize(
    "meanwhile",
    ["consent", "number", "death", "end", "choice"],
)
def test_h35_h36_the_caregiver_is_looked_at_again_at_the_claim(scene: Scene, meanwhile: str) -> None:
    caregiver_id = add_caregiver(scene)
    choose(scene, "caregiver")
    scene.queue(due(WEDNESDAY))
    happens = {
        "consent": lambda: consent(scene, caregiver_id, is_given=False),
        "number": lambda: check(scene, phone=CAREGIVER_PHONE, caregiver_id=caregiver_id, is_right=False),
        "death": lambda: scene.change(PatientRow, died_on=WEDNESDAY),
        "end": lambda: scene.change(CaregiverRow, ended_at=MORNING, ended_by=NURSE, end_reason="moved away"),
        "choice": lambda: choose(scene, "self"),
    }
    happens[meanwhile]()
    provider = Provider()
    scene.deliver(provider)

    assert provider.received == []
    assert scene.message.state == ("cancelled" if meanwhile == "death" else "suppressed")
    assert scene.tasks == ([] if meanwhile in {"death", "choice"} else ["reminder:no_channel"])


def test_the_consent_of_the_patient_is_not_that_of_the_caregiver(scene: Scene) -> None:
    add_caregiver(scene)
    choose(scene, "caregiver")
    scene.consent(is_given=False)
    provider = Provider()
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)

    assert numbers(provider) == [CAREGIVER_PHONE]


def test_what_waits_for_one_of_the_two_can_be_cancelled_alone(scene: Scene) -> None:
    add_caregiver(scene)
    choose(scene, "both")
    scene.queue(due(WEDNESDAY))
    with scene.work() as work:
        cancel_messages(work, patient_id=scene.patient_id, why="ended", recipients=(Recipient.CAREGIVER,))

    assert {row.recipient: row.state for row in scene.messages} == {"self": "pending", "caregiver": "cancelled"}


def test_what_was_said_to_the_patient_in_time_is_no_debt_to_a_caregiver_who_comes_later(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY - 3 * DAY), at=MORNING)  # its last step, today
    scene.deliver(Provider())
    add_caregiver(scene)
    choose(scene, "both")
    scene.queue(due(WEDNESDAY - 3 * DAY), at=MORNING + 7 * DAY)

    assert told(scene) == {("self", "cbc/1.7"): "queued"}
    assert scene.tasks == []


def test_h34_a_number_that_is_somebody_elses_gets_no_text_until_it_is_confirmed(scene: Scene) -> None:
    check(scene, is_right=False)
    provider = Provider()
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)

    assert (provider.received, scene.tasks) == ([], ["reminder:no_channel"])

    check(scene, at=MORNING)
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)

    assert numbers(provider) == [PHONE]


def test_h34_what_was_said_of_another_number_counts_for_nothing(scene: Scene) -> None:
    check(scene, phone="+33639980005", is_right=False)
    provider = Provider()
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)

    assert numbers(provider) == [PHONE]


def test_h34_a_number_that_nobody_confirmed_for_half_a_year_is_a_task_and_the_text_goes_on(scene: Scene) -> None:
    provider = Provider()
    at = MORNING + 183 * DAY
    scene.queue(due(at.date()), at=at)
    scene.deliver(provider, at)

    assert numbers(provider) == [PHONE]
    assert scene.tasks == ["reminder:number"]


def test_h34_a_number_confirmed_lately_is_no_task(scene: Scene) -> None:
    at = MORNING + 183 * DAY
    check(scene, at=at - 30 * DAY)
    scene.queue(due(at.date()), at=at)

    assert scene.tasks == []


def test_h34_a_caregiver_is_confirmed_again_too(scene: Scene) -> None:
    add_caregiver(scene)  # confirmed in March
    choose(scene, "caregiver")
    at = CREATED + 184 * DAY
    scene.queue(due(at.date()), at=at)

    assert scene.tasks == ["reminder:number"]
    assert "caregiver" in scene.because("reminder:number")


def test_h35_an_opt_out_of_the_caregiver_that_the_provider_reports_is_not_one_of_the_patient(scene: Scene) -> None:
    add_caregiver(scene)
    choose(scene, "both")
    scene.queue(due(WEDNESDAY))
    provider = Provider(answers=[Sent("SM1"), NumberRefused("21610", is_opt_out=True)])
    scene.deliver(provider)
    refused = provider.received[-1].to
    scene.queue(due(WEDNESDAY), due(WEDNESDAY + 6 * DAY, "tsh/1.2"), at=MORNING + DAY)

    waiting = [row.phone for row in scene.messages if row.state == "pending"]
    assert waiting == [PHONE if refused == CAREGIVER_PHONE else CAREGIVER_PHONE]
    assert scene.tasks == ["reminder:no_channel"]


def test_h34_a_number_said_to_be_a_strangers_stays_one_when_it_is_written_down_again(scene: Scene) -> None:
    check(scene, is_right=False)
    scene.change(PatientRow, phone="+33639980077")
    check(scene, phone="+33639980077")
    scene.change(PatientRow, phone=PHONE)
    scene.queue(due(WEDNESDAY))
    assert scene.messages == []
    assert scene.tasks == ["reminder:no_channel"]

    check(scene)
    scene.queue(due(WEDNESDAY))
    assert len(scene.messages) == 1


def test_h34_the_same_of_the_number_of_a_caregiver(scene: Scene) -> None:
    caregiver = add_caregiver(scene)
    choose(scene, "caregiver")
    check(scene, phone=CAREGIVER_PHONE, caregiver_id=caregiver, is_right=False)
    check(scene, phone="+33639980077", caregiver_id=caregiver)
    scene.queue(due(WEDNESDAY))

    assert scene.messages == []
    assert Ended.WRONG_NUMBER in scene.because("reminder:no_channel")
