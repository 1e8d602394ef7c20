"""What people write to us: what it stops and gives back, whom it calls, and what it is answered (H34, H35, H41)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from monitor.store.alert import AlertRow
from monitor.store.audit import AuditEntryRow
from monitor.store.inbound_message import InboundMessageRow, InboundPatientRow
from monitor.store.message import MessageRow
from monitor.store.patient import PatientRow
from monitor.store.site import SiteRow
from tests.delivery.scene import CREATED, MORNING, PHONE, WEDNESDAY, Scene, due
from tests.delivery.scene import Provider as Carrier
from tests.webhooks.conftest import Clock
from tests.webhooks.heard import consents, said, tasks
from tests.webhooks.provider import Provider, new_sid

HOUR = dt.timedelta(hours=1)
ELSEWHERE = "+33639980077"
SOUTH = uuid.uuid4()


def test_stop_takes_the_consent_and_calls_a_nurse_the_same_day_h35(
    provider: Provider, scene: Scene, clock: Clock
) -> None:
    scene.queue(due(WEDNESDAY))
    told = said(provider.write("Arrêt svp"))

    assert consents(scene) == [True, False]
    assert told is not None
    assert "Vous ne recevrez plus nos SMS" in told
    (task,) = scene.rows(AlertRow)
    assert (task.topic, task.level, task.audience) == ("reminder:no_channel", "urgent", "nurse")
    assert task.acknowledge_by is not None
    assert task.acknowledge_by - clock.at <= dt.timedelta(hours=24)
    assert task.evidence == scene.rows(InboundMessageRow)[0].id

    carrier = Carrier()
    scene.deliver(carrier)
    assert carrier.received == []


def test_stop_is_confirmed_once_however_often_it_comes_h35(provider: Provider, scene: Scene, clock: Clock) -> None:
    first = said(provider.write("STOP"))
    clock.at += 5 * HOUR
    second = said(provider.write("STOP"))

    assert first is not None
    assert second is None
    assert consents(scene) == [True, False]
    assert tasks(scene) == ["reminder:no_channel"]


def test_the_same_text_twice_is_one_text_with_one_answer_h40(provider: Provider, scene: Scene) -> None:
    sid = new_sid()
    answers = {said(provider.write("STOP", sid=sid)) for _ in range(3)}

    assert len(answers) == 1
    assert consents(scene) == [True, False]
    assert len(scene.rows(InboundMessageRow)) == 1


def test_an_old_stop_sent_again_after_start_takes_nothing_h40(provider: Provider, scene: Scene) -> None:
    sid = new_sid()
    provider.write("STOP", sid=sid)
    provider.write("START")
    provider.write("STOP", sid=sid)

    assert consents(scene) == [True, False, True]


def test_start_gives_back_what_stop_took_h35(provider: Provider, scene: Scene) -> None:
    provider.write("STOP")
    told = said(provider.write("start"))

    assert consents(scene) == [True, False, True]
    assert told is not None
    assert "à nouveau" in told


def test_start_gives_back_nothing_that_a_person_wrote_down_h35(provider: Provider, scene: Scene) -> None:
    scene.consent(is_given=False)
    told = said(provider.write("START"))

    assert consents(scene) == [True, False]
    assert tasks(scene) == ["message:written"]
    assert told is not None
    assert "Urgence" in told


def test_start_after_a_wrong_number_gives_nothing_back_h34(provider: Provider, scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    provider.write("Mauvais numéro")
    provider.write("START")

    carrier = Carrier()
    scene.deliver(carrier)
    assert carrier.received == []


def test_what_the_provider_took_as_stop_is_one_whatever_the_words_h35(provider: Provider, scene: Scene) -> None:
    """CANCEL asks for another day with us, and ends texts with a provider that knows it: both are done."""
    told = said(provider.write("CANCEL", OptOutType="STOP"))

    assert consents(scene) == [True, False]
    assert tasks(scene) == ["message:move", "reminder:no_channel"]
    assert told is None  # the provider has answered


def test_a_wish_to_move_is_a_task_and_moves_nothing(provider: Provider, scene: Scene) -> None:
    told = said(provider.write("REPORTER"))

    assert tasks(scene) == ["message:move"]
    assert consents(scene) == [True]
    assert told is not None
    assert "une autre date" in told


def test_done_is_shown_and_counts_for_nothing_h49(provider: Provider, scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    provider.write("FAIT")

    assert [row.read_as for row in scene.rows(InboundMessageRow)] == ["done"]
    assert tasks(scene) == []
    carrier = Carrier()
    scene.deliver(carrier)
    assert len(carrier.received) == 1


@pytest.mark.parametrize("text", ("je saigne du nez depuis hier", "", "merci", "FAIT, mais j'ai de la fièvre"))
def test_what_nobody_reads_is_answered_at_once_and_read_by_a_nurse_h41(
    provider: Provider, scene: Scene, text: str
) -> None:
    told = said(provider.write(text))

    assert told == (
        "Ce message n'est pas lu. Urgence: appelez le 15 ou le 112, ou SMS au 114. Pour nous joindre: +33 1 99 00 12 34"
    )
    (task,) = scene.rows(AlertRow)
    assert (task.topic, task.level) == ("message:written", "urgent")
    assert task.evidence == scene.rows(InboundMessageRow)[0].id
    assert text == "" or text not in task.because


def test_another_text_calls_again_whoever_has_seen_the_first_h41(
    provider: Provider, scene: Scene, clock: Clock
) -> None:
    provider.write("bonjour ?")
    scene.change(AlertRow, acknowledged_at=MORNING, acknowledged_by=uuid.uuid4())
    clock.at += HOUR / 2
    provider.write("je saigne")

    (task,) = scene.rows(AlertRow)
    assert task.acknowledged_at is None
    (last,) = (row for row in scene.rows(InboundMessageRow) if row.text == "je saigne")
    assert task.evidence == last.id


def test_two_machines_do_not_answer_each_other_for_ever(provider: Provider, scene: Scene, clock: Clock) -> None:
    answers = []
    for _ in range(7):
        answers.append(said(provider.write("Je suis absent.")))
        clock.at += HOUR / 3

    assert [answer is not None for answer in answers] == [True, False, False, True, False, False, True]
    assert len(scene.rows(InboundMessageRow)) == 7


def test_a_thank_you_does_not_keep_back_whom_to_call_h41(provider: Provider, scene: Scene) -> None:
    provider.write("FAIT")
    told = said(provider.write("je ne peux plus respirer"))

    assert told is not None
    assert "Urgence" in told
    assert tasks(scene) == ["message:written"]


def test_it_answers_with_the_numbers_of_the_country_of_the_site_h41(provider: Provider, scene: Scene) -> None:
    scene.change(SiteRow, country="BE", timezone="Europe/Brussels", telephone="+33 1 99 00 56 78")
    scene.change(PatientRow, language="en")

    assert said(provider.write("help")) == (
        "This message is not read. Emergency: call 112. To reach us: +33 1 99 00 56 78"
    )


def test_a_number_that_nobody_has_is_kept_and_answered_in_the_words_of_the_country_h41(
    provider: Provider, scene: Scene
) -> None:
    told = said(provider.write("STOP ou pas ?", sender=ELSEWHERE))

    assert told is not None
    assert "appelez le 15 ou le 112, ou SMS au 114" in told
    assert [row.sender for row in scene.rows(InboundMessageRow)] == [ELSEWHERE]
    assert scene.rows(InboundPatientRow) == []
    assert consents(scene) == [True]


def test_a_wrong_number_stops_it_and_calls_a_nurse_h34(provider: Provider, scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    provider.write("Bonjour, je ne suis pas la bonne personne")

    (task,) = (row for row in scene.rows(AlertRow) if row.topic == "message:wrong_number")
    assert task.level == "urgent"
    carrier = Carrier()
    scene.deliver(carrier)
    assert carrier.received == []


def test_stop_is_of_the_telephone_and_so_of_everybody_who_has_it_h35(provider: Provider, scene: Scene) -> None:
    other = scene.neighbour()
    provider.write("STOP")

    for one in (scene, other):
        assert consents(scene, one.patient_id) == [True, False]
        assert tasks(scene, one.patient_id) == ["reminder:no_channel"]


def test_of_two_patients_the_one_whose_text_is_quoted_is_meant(provider: Provider, scene: Scene) -> None:
    other = scene.neighbour()
    scene.queue(due(WEDNESDAY))
    (message,) = scene.rows(MessageRow)
    provider.write(f"reporter ref {message.reference.lower()}")

    assert tasks(scene) == ["message:move"]
    assert tasks(scene, other.patient_id) == []
    assert [row.patient_id for row in scene.rows(InboundPatientRow)] == [scene.patient_id]


def test_of_two_patients_whom_nothing_tells_apart_a_nurse_of_each_site_is_called(
    provider: Provider, scene: Scene
) -> None:
    site = SiteRow(id=SOUTH, name="Sud", country="FR", timezone="Europe/Paris", created_at=CREATED)
    scene.add(site)
    south = Scene(scene.engine, scene.catalog, scene.settings, has_own_site=False, site_id=SOUTH)
    provider.write("je rappelle")

    sites = {row.patient_id: row.site_id for row in scene.rows(AlertRow)}
    assert sites == {scene.patient_id: scene.site_id, south.patient_id: south.site_id}


def test_a_text_of_somebody_without_a_treatment_calls_too_and_once(provider: Provider, scene: Scene) -> None:
    newcomer = PatientRow(
        id=uuid.uuid4(), site_id=scene.site_id, family_name="Exemple", given_name="Bo", sex="male",
        birth_date=dt.date(1991, 5, 5), phone=ELSEWHERE, language="fr", created_at=CREATED,
    )  # fmt: skip
    scene.add(newcomer)
    provider.write("bonjour", sender=ELSEWHERE)
    provider.write("il y a quelqu'un ?", sender=ELSEWHERE)

    (task,) = scene.rows(AlertRow)
    assert (task.topic, task.treatment_id) == ("message:written", None)
    assert task.patient_id != scene.patient_id


def test_what_a_database_cannot_hold_is_kept_as_far_as_it_goes(provider: Provider, scene: Scene) -> None:
    provider.write("a\x00b" + "é" * 4000, sender=PHONE)
    provider.write("x", sender="TOO LONG A NAME" * 20)

    assert sorted(len(row.text) for row in scene.rows(InboundMessageRow)) == [1, 2000]


def test_nothing_that_was_written_stands_in_the_audit_h64(provider: Provider, scene: Scene) -> None:
    provider.write("je saigne beaucoup")

    for entry in scene.rows(AuditEntryRow):
        assert "saigne" not in repr(vars(entry))
        assert PHONE not in repr(vars(entry))
