"""What each way to fail makes of a mail: nothing is lost, nobody gets a third copy, and what fails is a task."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.actions.users import change_mail_address
from monitor.delivery.mail.mailer import MailOutcome, OutgoingMail, Taken
from monitor.store.mail import MailRow
from monitor.store.notification import NotificationRow
from monitor.terms import Audience, Level
from tests.cast import NOW
from tests.mail.mail_server import Fault
from tests.mail.post_room import ADDRESSES, UNTOLD, PostRoom

NOOR, NORA = ADDRESSES["noor"], ADDRESSES["nora"]
MINUTE = dt.timedelta(minutes=1)


class Killed(BaseException):
    """The process ends here."""


class Counting:
    """A mailer that takes everything and counts."""

    longest_call = dt.timedelta(seconds=1)

    def __init__(self) -> None:
        self.sent: list[OutgoingMail] = []

    def send(self, mail: OutgoingMail) -> MailOutcome:
        self.sent.append(mail)
        return Taken()


@pytest.mark.parametrize("fault", [Fault.MAILBOX_BUSY, Fault.BUSY_AFTER_DOT, Fault.RESET_BEFORE_DATA])
def test_h32_what_was_not_sent_is_tried_again_later(room: PostRoom, fault: Fault) -> None:
    room.server.faults = [fault]
    room.call()

    assert room.send() == {"pending": 1}
    assert room.send() == {}, "not before its back-off is over"
    room.now_is_the_time()
    assert room.send() == {"accepted": 1}
    assert room.arrived == [NOOR]


def test_a_mail_that_waits_takes_what_came_meanwhile_along_h46(room: PostRoom) -> None:
    room.server.faults = [Fault.MAILBOX_BUSY]
    room.call()
    room.send()
    room.call("result:creatinine.rise")
    assert room.send() == {}, "one mail in hand for one colleague"
    room.now_is_the_time()

    assert room.send() == {"accepted": 1}
    assert len({row.mail_id for row in room.rows(NotificationRow)}) == 1


@pytest.mark.parametrize("fault", [Fault.RESET_AFTER_DOT, Fault.LOST_AFTER_DOT, Fault.SILENT_AFTER_DOT])
def test_h31_what_may_have_arrived_is_sent_once_more_under_the_same_name(room: PostRoom, fault: Fault) -> None:
    room.server.faults = [fault]
    room.call()

    assert room.send() == {"uncertain": 1}
    assert room.send() == {}, "not before its quarantine is over"
    room.now_is_the_time()
    assert room.send() == {"accepted": 1}
    assert len({mail["Message-ID"] for mail in room.server.mails}) == 1
    assert len(room.arrived) == (1 if fault is Fault.LOST_AFTER_DOT else 2)


def test_h31_nobody_gets_a_third_copy_and_a_person_looks(room: PostRoom) -> None:
    room.server.faults = [Fault.RESET_AFTER_DOT, Fault.MAILBOX_BUSY, Fault.RESET_AFTER_DOT]
    room.call()
    for state in ("uncertain", "pending", "needs_human"):
        assert room.send() == {state: 1}
        room.now_is_the_time()

    assert [to for to in room.arrived if to == NOOR] == [NOOR, NOOR]
    assert room.tasks == UNTOLD
    room.send()
    assert [to for to in room.arrived if to == NOOR] == [NOOR, NOOR]


def test_what_may_have_arrived_is_not_sent_again_for_what_came_later(room: PostRoom) -> None:
    """A mail server that knows its Message-ID would show no second mail: what is new goes into another one."""
    room.server.faults = [Fault.RESET_AFTER_DOT]
    room.call()
    room.send()
    room.call("result:creatinine.rise")
    room.now_is_the_time()

    assert room.send() == {"accepted": 2}
    assert len({mail["Message-ID"] for mail in room.server.mails}) == 2


def test_an_address_that_does_not_exist_becomes_a_task_and_gets_no_more_until_it_is_entered_anew_h47(
    room: PostRoom,
) -> None:
    room.server.faults = [Fault.NO_SUCH_MAILBOX]
    room.call()
    assert room.send() == {"failed": 1}
    assert room.tasks == UNTOLD
    room.call("result:creatinine.rise")
    assert ("noor", "in_app") in room.told

    with room.stage.work() as work:
        change_mail_address(work, staff_id=room.cast.noor.actor.id, email=NOOR, language=None)
    room.call("result:alt.rise")
    room.send()
    assert NOOR in room.arrived


def test_a_mail_that_is_refused_for_what_it_is_leaves_the_address_alone(room: PostRoom) -> None:
    room.server.faults = [Fault.RELAY_REFUSED]
    room.call()
    assert room.send() == {"failed": 1}
    assert room.tasks == UNTOLD

    room.call("result:creatinine.rise")
    room.send()
    assert NOOR in room.arrived


def test_h44_an_account_that_is_refused_stops_the_line_and_fails_no_mail(room: PostRoom) -> None:
    room.server.faults = [Fault.SENDER_REFUSED]
    room.call()
    assert room.send() == {"pending": 1}
    room.call("message:failed", level=Level.CRITICAL, audience=Audience.NURSE)
    room.now_is_the_time()
    assert room.send() == {}, "the line is stopped"
    assert room.tasks == ["message:failed"]

    later = NOW + room.stage.settings.mail_back_off_longest
    assert room.send(at_of=lambda: later) == {"accepted": 2}, "one tries again, and opens it"
    assert sorted(room.arrived) == [NOOR, NORA]


def test_g5_readiness_says_that_nobody_is_told_by_mail_and_why(room: PostRoom) -> None:
    room.server.faults = [Fault.SENDER_REFUSED, Fault.NO_SUCH_MAILBOX]
    assert room.readiness() == (True, "open, 0 addresses are refused")
    room.call()
    room.send()
    assert room.readiness() == (False, "stopped: the mail server refuses us (sender_550)")

    room.now_is_the_time()
    room.send(at_of=lambda: NOW + room.stage.settings.mail_back_off_longest)
    assert room.readiness() == (True, "open, 1 addresses are refused")
    room.call("message:failed", level=Level.CRITICAL, audience=Audience.NURSE)
    room.now_is_the_time()
    is_ok, said = room.readiness()
    assert not is_ok
    assert said.startswith("somebody has waited to be told for")


def test_what_the_server_never_takes_becomes_a_task_also_while_the_line_is_stopped_h32(room: PostRoom) -> None:
    room.server.faults = [Fault.SENDER_REFUSED]
    room.call()
    room.send()
    room.change(MailRow, give_up_at=NOW - MINUTE)

    assert room.send() == {"failed": 1}
    assert room.tasks == UNTOLD


def test_h28_one_colleague_whose_row_cannot_be_used_does_not_stop_the_others(room: PostRoom) -> None:
    room.call()
    room.call("message:failed", level=Level.CRITICAL, audience=Audience.NURSE)

    class Broken(Counting):
        def send(self, mail: OutgoingMail) -> MailOutcome:
            if mail.to == NOOR:
                raise RuntimeError
            return super().send(mail)

    mailer = Broken()
    assert room.send(mailer=mailer) == {"uncertain": 1, "accepted": 1}
    assert [mail.to for mail in mailer.sent] == [NORA]


@pytest.mark.parametrize("at_reading", range(1, 9))
def test_h30_h31_killed_anywhere_it_loses_nothing_and_sends_two_copies_at_most(room: PostRoom, at_reading: int) -> None:
    room.call()
    readings = 0

    def clock_that_kills() -> dt.datetime:
        nonlocal readings
        readings += 1
        if readings == at_reading:
            raise Killed
        return NOW

    mailer = Counting()
    try:
        room.send(at_of=clock_that_kills, mailer=mailer)
    except Killed:
        room.send(mailer=mailer)  # another worker, while the lease may still run
        for _ in range(3):
            room.now_is_the_time()
            room.send(mailer=mailer)

    assert 1 <= len(mailer.sent) <= 2
    assert len({mail.message_id for mail in mailer.sent}) == 1
    assert [mail.state for mail in room.mails] == ["accepted"]


def test_h31_each_mail_is_sent_once_however_many_workers_there_are(room: PostRoom) -> None:
    for number in range(4):
        room.call(f"result:rule{number}", audience=Audience.NEUROLOGIST)
        room.call(f"message:rule{number}", audience=Audience.NURSE)
    mailer = Counting()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(room.send, mailer=mailer) for _ in range(4)]:
            done.result()
    room.now_is_the_time()
    room.send(mailer=mailer)

    assert Counter(mail.to for mail in mailer.sent) == {NOOR: 1, NORA: 1}


def test_h30_a_lease_that_ran_out_is_uncertain_and_a_late_answer_changes_nothing(room: PostRoom) -> None:
    room.call()

    class Frozen(Counting):
        def send(self, mail: OutgoingMail) -> MailOutcome:
            room.now_is_the_time()
            assert room.send(mailer=Counting()) == {"expired": 1}
            return super().send(mail)

    assert room.send(mailer=Frozen()) == {"lost": 1}
    assert [mail.state for mail in room.mails] == ["uncertain"]
