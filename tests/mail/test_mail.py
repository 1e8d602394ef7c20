"""Colleagues are told by mail that something waits for them: with everything in one, and only while it waits."""

from __future__ import annotations

import datetime as dt
from email.utils import parseaddr

import pytest

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.actions.escalate import escalate
from monitor.actions.snooze_alert import snooze_alert
from monitor.actions.users import change_mail_address, revoke_user
from monitor.store.alert import AlertRow
from monitor.store.notification import NotificationRow
from monitor.terms import Audience, Level
from tests.cast import NOW
from tests.mail.post_room import ADDRESSES, PostRoom

NOOR, NORA = ADDRESSES["noor"], ADDRESSES["nora"]
MINUTE = dt.timedelta(minutes=1)
UNTOLD = ["message:colleague_untold"]


def test_h47_whoever_must_know_is_told_and_nobody_of_another_site(room: PostRoom) -> None:
    room.call()
    assert room.told == [("noor", "waiting")]

    assert room.send() == {"accepted": 1}
    assert room.arrived == [NOOR]
    assert room.send() == {}
    assert room.told == [("noor", "mailed")]


def test_h43_a_mail_tells_nothing_but_that_something_waits(room: PostRoom) -> None:
    """A canary: nothing of the patient, of the alert, of the site, nor any id or number stands in any part of it."""
    alert_id = room.call()
    room.send()
    room.change(AlertRow, acknowledged_at=NOW, acknowledged_by=room.cast.noor.actor.id)
    room.call("result:creatinine.rise", level=Level.CRITICAL)
    room.send()

    first, second = room.server.mails
    assert first["Subject"] == second["Subject"] == "Something is waiting for you"
    assert first.get_content() == second.get_content()
    assert {name for name in first if name.lower() not in {"x-peer", "x-mailfrom", "x-rcptto"}} == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding",
        "MIME-Version",
    }  # fmt: skip
    whole = room.server.taken[0][1].decode().lower()
    secrets = ("ada", "berger", "platelet", "result", "neuro", "north", "critical", "alemtuzumab", "1980",
               str(alert_id), str(room.cast.ada), str(room.cast.ada_treatment), "33639980001")  # fmt: skip
    assert [word for word in secrets if word in whole.replace("noor@hospital.example", "")] == []


def test_h46_several_alerts_of_one_person_make_one_mail(room: PostRoom) -> None:
    for number in range(5):
        room.call(f"overdue:stream{number}", level=Level.URGENT, audience=Audience.NURSE)
    assert room.send() == {}, "what is not critical waits a little for more of the same"

    room.now_is_the_time()
    assert room.send() == {"accepted": 1}
    assert room.arrived == [NORA]
    assert {row.mail_id for row in room.rows(NotificationRow)} == {room.mails[0].id}


def test_what_is_critical_leaves_at_once_and_takes_the_others_along_h47(room: PostRoom) -> None:
    room.call("overdue:cbc", level=Level.URGENT)
    room.call()

    assert room.send() == {"accepted": 1}
    assert room.told == [("noor", "mailed"), ("noor", "mailed")]


def test_what_may_wait_for_the_next_review_is_told_to_nobody(room: PostRoom) -> None:
    room.call("result:alt.mild", level=Level.INFO)

    assert room.told == []


@pytest.mark.parametrize("how", ["acknowledged", "closed", "snoozed"])
def test_nobody_is_told_of_what_was_seen_to_meanwhile_h46(room: PostRoom, how: str) -> None:
    alert_id = room.call()
    with room.stage.work(by=room.cast.noor.actor, at=NOW) as work:
        if how == "acknowledged":
            acknowledge_alert(work, alert_id=alert_id)
        elif how == "closed":
            close_alert(work, alert_id=alert_id, action="patient_called", reason="no bleeding, repeat tomorrow")
        else:
            snooze_alert(work, alert_id=alert_id, until=NOW + MINUTE, reason="in five minutes")

    assert room.send() == {"dropped": 1}
    assert room.arrived == []
    assert room.told == [("noor", "dropped")]


def test_each_call_of_an_alert_tells_once_and_a_step_tells_again_h47(room: PostRoom) -> None:
    alert_id = room.call("message:failed", level=Level.URGENT, audience=Audience.NURSE)
    room.now_is_the_time()
    room.send()
    assert room.arrived == [NORA]
    room.change(AlertRow, AlertRow.id == alert_id, escalate_at=NOW)
    for _ in range(2):
        escalate(room.stage.sessions, catalog=room.stage.catalog, settings=room.stage.settings, at=NOW)
    room.now_is_the_time()
    room.send()

    assert sorted(room.arrived) == [NOOR, NORA, NORA]


def test_who_has_no_address_is_told_by_the_list_alone(room: PostRoom) -> None:
    with room.stage.work() as work:
        change_mail_address(work, staff_id=room.cast.noor.actor.id, email=None, language=None)
    room.call()

    assert room.told == [("noor", "in_app")]
    assert room.send() == {}


def test_who_lost_their_account_or_address_meanwhile_gets_nothing(room: PostRoom) -> None:
    room.call()
    with room.stage.work() as work:
        revoke_user(work, staff_id=room.cast.noor.actor.id)

    assert room.send() == {"suppressed": 1}
    assert room.arrived == []


def test_everybody_reads_their_own_language(room: PostRoom) -> None:
    room.call(level=Level.CRITICAL)
    room.call("message:failed", level=Level.CRITICAL, audience=Audience.NURSE)
    room.send()

    subjects = {parseaddr(str(mail["To"]))[1]: mail["Subject"] for mail in room.server.mails}
    assert subjects == {NOOR: "Something is waiting for you", NORA: "Quelque chose vous attend"}
