"""A definite answer stays one, however odd it looks or whatever cannot follow from it (H30, H31, H35)."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.delivery.transport import AccountRefused, NotSent, NumberRefused, Outcome, Sent, Unknown
from monitor.store.caregiver import CaregiverConsentRow, CaregiverRow
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.site import SiteRow
from tests.delivery.caregivers import NURSE, add_caregiver, choose
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due

DAY = dt.timedelta(days=1)


@pytest.fixture
def queued(scene: Scene) -> Scene:
    scene.queue(due(WEDNESDAY))
    return scene


def test_it_accepts_both_messages_to_which_the_provider_gave_one_id_h31(queued: Scene) -> None:
    queued.neighbour().queue(due(WEDNESDAY))

    assert queued.deliver(Provider(answers=[Sent("SM1"), Sent("SM1")])).counts == {"accepted": 2}
    assert queued.tasks == []


def test_it_records_an_opt_out_though_the_zone_of_the_site_is_unknown_h35(queued: Scene) -> None:
    provider = Provider(answers=[NumberRefused("21610", is_opt_out=True)])
    provider.meanwhile = lambda: queued.change(SiteRow, timezone="Mars/Phobos")

    assert queued.deliver(provider).counts == {"failed": 1}
    assert max(queued.rows(SmsConsentRow), key=lambda row: row.number).is_given is False
    assert queued.tasks == ["reminder:no_channel"]


@pytest.mark.parametrize(
    ("answer", "state", "code"),
    [
        (NumberRefused("21\x00211"), "failed", "21211"),
        (NumberRefused("2\ud800"), "failed", "2"),
        (NumberRefused("\x00"), "failed", None),
        (AccountRefused("9" * 500), "pending", "9" * 32),
        (Unknown("é\x00"), "uncertain", None),
    ],
)
def test_it_writes_no_code_that_a_database_cannot_hold(
    queued: Scene, answer: Outcome, state: str, code: str | None
) -> None:
    queued.deliver(Provider(answers=[answer]))

    assert (queued.message.state, queued.message.error_code) == (state, code)


def test_it_waits_at_most_a_day_for_a_provider_that_asks_for_ages_h32(queued: Scene) -> None:
    assert queued.deliver(Provider(answers=[NotSent("too_many_requests", dt.timedelta.max)])).counts == {"pending": 1}
    assert queued.message.not_before_at <= MORNING + DAY


def test_an_opt_out_of_the_old_number_takes_no_consent_for_the_new_one_h35(queued: Scene) -> None:
    provider = Provider(answers=[NumberRefused("21610", is_opt_out=True)])
    provider.meanwhile = lambda: queued.change(PatientRow, phone="+33639980002")

    assert queued.deliver(provider).counts == {"failed": 1}
    assert [row.is_given for row in queued.rows(SmsConsentRow)] == [True]
    assert queued.tasks == ["reminder:no_channel"]


def test_an_opt_out_of_a_former_caregiver_is_none_of_the_next_one_h35(scene: Scene) -> None:
    add_caregiver(scene)
    choose(scene, "caregiver")
    scene.queue(due(WEDNESDAY))

    def replace() -> None:
        scene.change(CaregiverRow, ended_at=MORNING, ended_by=NURSE, end_reason="moved away")
        add_caregiver(scene, phone="+33639980002")

    scene.deliver(Provider(answers=[NumberRefused("21610", is_opt_out=True)], meanwhile=replace))

    assert [row.is_given for row in scene.rows(CaregiverConsentRow)] == [True, True]
