"""Where a mail fails, nobody is silenced for long, its task is opened whatever the record lacks, and the next leave."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable

import pytest

from monitor.actions.register_patient import register_patient
from monitor.delivery.mail.mailer import MailOutcome, MailRefused, OutgoingMail, Taken
from monitor.delivery.mail.outcome import expire_mail
from monitor.delivery.tell_staff import tell_staff
from monitor.delivery.transport import NotSent, Unknown
from monitor.delivery.worker import Worker, each
from monitor.schedules.facts import Sex
from monitor.store.alert import AlertRow
from monitor.store.mail import MailRow
from monitor.store.site import SiteRow
from monitor.store.staff import StaffRow
from monitor.terms import Audience, Level
from tests.cast import NOW, TODAY
from tests.mail.mail_server import Fault
from tests.mail.post_room import ADDRESSES, LONG_AGO, UNTOLD, PostRoom

NOOR, NORA = ADDRESSES["noor"], ADDRESSES["nora"]


class Answering:
    """A mailer that gives one answer to each mail, and then takes them."""

    longest_call = dt.timedelta(seconds=1)

    def __init__(self, *outcomes: MailOutcome) -> None:
        self.outcomes = list(outcomes)
        self.sent: list[str] = []

    def send(self, mail: OutgoingMail) -> MailOutcome:
        self.sent.append(mail.to)
        return self.outcomes.pop(0) if self.outcomes else Taken()


def write_to_us(room: PostRoom) -> uuid.UUID:
    """Somebody of whom there is no treatment writes to us; who it is."""
    with room.stage.work(by=room.cast.noor.actor) as work:
        patient_id = register_patient(
            work, site_id=room.cast.north, family_name="Zed", given_name="Zoe", birth_date=dt.date(1980, 2, 29),
            sex=Sex.FEMALE, language="fr", phone="+33639980077",
        )  # fmt: skip
    with room.stage.work() as work:
        work.session.add(
            AlertRow(
                id=uuid.uuid4(), treatment_id=None, patient_id=patient_id, site_id=room.cast.north,
                topic="message:written", audience=Audience.NEUROLOGIST.value, level=Level.CRITICAL.value,
                rank=Level.CRITICAL.rank, since=TODAY, because="a text", source="policy", opened_at=NOW,
            )
        )  # fmt: skip
        tell_staff(work, patient_id=patient_id)
        work.note("a test opens an alert")
    return patient_id


@pytest.mark.parametrize("answer", [MailRefused("550"), NotSent("421"), Unknown("connection_lost")])
def test_h28_h47_a_patient_without_a_treatment_stops_no_mail_and_is_a_task_as_well(
    room: PostRoom, answer: MailOutcome
) -> None:
    patient_id = write_to_us(room)
    room.send(mailer=Answering(answer))
    room.now_is_the_time()
    room.change(MailRow, give_up_at=LONG_AGO)
    room.send(mailer=Answering(answer))

    assert {row.patient_id for row in room.rows(AlertRow) if row.topic in UNTOLD} == {patient_id}
    assert [row.state for row in room.mails if row.staff_id == room.cast.noor.actor.id] == ["failed"]
    room.call()
    mailer = Answering()
    room.now_is_the_time()
    room.send(mailer=mailer)
    assert NOOR in mailer.sent, "the next alert is told"


def test_h28_a_lease_that_ran_out_twice_is_settled_too_without_a_treatment(room: PostRoom) -> None:
    write_to_us(room)
    room.send(mailer=Answering(Unknown("connection_lost")))
    room.change(
        MailRow, state="sending", resends=1, attempt_token="of a worker that is gone", resend_at=None,
        lease_until=LONG_AGO,
    )  # fmt: skip

    assert room.send(mailer=Answering())["expired"] == 1
    assert [row.state for row in room.mails if row.staff_id == room.cast.noor.actor.id] == ["needs_human"]
    assert room.tasks == ["message:colleague_untold", "message:written"]


def test_h28_a_mail_whose_task_cannot_be_written_ends_without_it(
    room: PostRoom, caplog: pytest.LogCaptureFixture
) -> None:
    room.call()
    room.change(SiteRow, country="??")

    with caplog.at_level(logging.ERROR):
        assert room.send(mailer=Answering(MailRefused("550"))) == {"failed": 1}
    assert room.tasks == []
    assert f"mail {room.mails[0].id}: what it did not tell cannot be handed over" in caplog.text


@pytest.mark.parametrize("call", [PostRoom.call, write_to_us])
def test_a_task_that_a_colleague_was_not_told_does_not_call_for_itself_h46(
    room: PostRoom, call: Callable[[PostRoom], object]
) -> None:
    refusing = [MailRefused("550")] * 9
    call(room)
    for _ in range(4):
        room.send(mailer=Answering(*refusing))
        room.now_is_the_time()

    assert [row.calls for row in room.rows(AlertRow) if row.topic in UNTOLD] == [1]


def test_h47_a_refusal_without_a_reason_silences_nobody(room: PostRoom) -> None:
    room.server.faults = [Fault.REFUSED_WITHOUT_REASON] * 2
    room.call()
    room.call("message:failed", level=Level.CRITICAL, audience=Audience.NURSE)
    assert room.send() == {"failed": 2}

    assert not any(row.email_refused_at for row in room.rows(StaffRow))
    room.call("result:creatinine.rise")
    room.now_is_the_time()
    room.send()
    assert NOOR in room.arrived, "the server was mended"


def test_h47_an_address_that_a_server_did_not_know_is_tried_again_after_a_day_and_trusted_once_it_is_taken(
    room: PostRoom,
) -> None:
    room.server.faults = [Fault.NO_SUCH_MAILBOX]
    room.call()
    room.send()
    later = NOW + room.stage.settings.mail_address_doubted_for

    def call(topic: str, *, at: dt.datetime) -> list[str]:
        room.server.taken.clear()
        room.call(topic, at=at)
        room.now_is_the_time()
        room.send(at_of=lambda: at)
        return room.arrived

    assert NOOR not in call("result:creatinine.rise", at=later - dt.timedelta(seconds=1))
    assert NOOR in call("result:alt.rise", at=later)
    assert not any(row.email_refused_at for row in room.rows(StaffRow))


@pytest.mark.parametrize("state", ["pending", "sending", "uncertain"])
def test_g5_readiness_tells_of_a_mail_that_no_server_has_taken_for_a_while(room: PostRoom, state: str) -> None:
    room.call()
    room.send(mailer=Answering(Unknown("connection_lost") if state == "uncertain" else NotSent("421")))
    assert room.readiness()[0], "it is tried again"
    if state == "sending":
        room.change(MailRow, state=state, attempt_token="of a worker that is gone", lease_until=LONG_AGO)
    room.change(MailRow, created_at=LONG_AGO)

    is_ok, said = room.readiness()
    assert not is_ok
    assert said.startswith("a mail has not been taken for")


def test_g5_readiness_tells_that_no_address_works(room: PostRoom) -> None:
    room.change(StaffRow, StaffRow.email == NOOR, email_refused_at=NOW)
    assert room.readiness() == (True, "open, 1 addresses are refused")
    room.change(StaffRow, StaffRow.email.is_not(None), email_refused_at=NOW)

    assert room.readiness() == (False, "open, 3 addresses are refused")


def test_the_log_names_a_mail_a_mail(room: PostRoom, caplog: pytest.LogCaptureFixture) -> None:
    worker = Worker(room.stage.sessions, room.stage.catalog, room.stage.settings, lambda: NOW)
    nobody = uuid.uuid4()

    with caplog.at_level(logging.ERROR):
        assert each(worker, "mail", lambda _work: [nobody], expire_mail) == 0
    assert f"mail {nobody} cannot be settled" in caplog.text
