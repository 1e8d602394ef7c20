"""A telephone that texts do not reach gets no more of them, and a nurse is told (H33, H34)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

import pytest

from monitor.delivery.receipts import attempt_of, record_receipt
from monitor.delivery.transport import Found, NumberRefused, Receipt
from monitor.store.alert import AlertRow
from monitor.store.notification import NotificationRow
from monitor.store.number_check import NumberCheckRow
from monitor.store.patient import PatientRow
from monitor.store.staff import StaffRow, StaffSiteRow
from tests.delivery.scene import CREATED, MORNING, WEDNESDAY, Provider, Scene, due

DAY = dt.timedelta(days=1)
OTHER_PHONE = "+33639980042"


@dataclass
class Texts:
    """One text a day, and what the provider says of each."""

    scene: Scene
    carrier: Provider = field(default_factory=Provider)
    day: int = 0

    def send(self) -> bool:
        """Whether today's text left."""
        before, at = len(self.carrier.received), MORNING + self.day * DAY
        self.scene.queue(due(WEDNESDAY + self.day * DAY, key=f"cbc/1.{self.day + 1}"), at=at)
        self.scene.deliver(self.carrier, at)
        self.day += 1
        return len(self.carrier.received) > before

    def hear(self, receipt: Receipt, code: str | None = None) -> None:
        with self.scene.work(MORNING + self.day * DAY) as work:
            known = attempt_of(work, self.carrier.received[-1].callback_token)
            assert known is not None
            attempt_id, message_id = known
            sid = f"SM{self.carrier.received[-1].token[:32]}"
            record_receipt(work, message_id, Found(sid, receipt, code), attempt_id=attempt_id)

    def fail(self, code: str | None) -> None:
        assert self.send()
        self.hear(Receipt.UNDELIVERED, code)


@pytest.fixture
def texts(scene: Scene) -> Texts:
    return Texts(scene)


@pytest.mark.parametrize("code", ("30005", "30006"))
def test_a_number_that_cannot_exist_is_doubted_at_once_h34(texts: Texts, code: str) -> None:
    texts.fail(code)

    assert texts.scene.tasks == ["message:undelivered", "message:wrong_number"]
    assert [(row.is_right, row.checked_by) for row in texts.scene.rows(NumberCheckRow)] == [(False, "provider")]
    assert not texts.send()


def test_one_failure_calls_a_nurse_and_the_second_in_a_row_stops_the_number_h33_h34(texts: Texts) -> None:
    texts.fail("30003")
    assert texts.scene.tasks == ["message:undelivered"]
    assert texts.scene.rows(NumberCheckRow) == []

    texts.fail("30003")
    assert "message:wrong_number" in texts.scene.tasks
    assert not texts.send()


def test_a_text_that_arrived_in_between_begins_anew_h34(texts: Texts) -> None:
    texts.fail("30003")
    assert texts.send()
    texts.hear(Receipt.DELIVERED)
    texts.fail("30003")

    assert texts.scene.rows(NumberCheckRow) == []


@pytest.mark.parametrize("code", ("30001", "30002", "30007"))
def test_what_lies_with_the_provider_says_nothing_about_the_number(texts: Texts, code: str) -> None:
    texts.fail(code)
    texts.fail(code)

    assert texts.scene.rows(NumberCheckRow) == []


def test_another_number_is_another_telephone_h34(texts: Texts) -> None:
    texts.fail("30003")
    texts.scene.change(PatientRow, phone=OTHER_PHONE)
    texts.fail("30003")

    assert texts.scene.rows(NumberCheckRow) == []


def test_a_late_word_about_a_number_that_was_replaced_doubts_nothing_h34(texts: Texts) -> None:
    assert texts.send()
    texts.scene.change(PatientRow, phone=OTHER_PHONE)
    texts.hear(Receipt.UNDELIVERED, "30005")

    assert texts.scene.rows(NumberCheckRow) == []
    assert texts.send()


def test_a_number_that_the_provider_refuses_as_none_is_doubted_h34(texts: Texts) -> None:
    texts.carrier.answers = [NumberRefused("21211")]
    assert texts.send()

    assert texts.scene.tasks == ["message:failed", "message:wrong_number"]
    assert not texts.send()


def test_who_is_not_on_the_list_of_a_test_system_is_not_doubted_h60(texts: Texts) -> None:
    texts.carrier.answers = [NumberRefused("not_allowed_here")]
    assert texts.send()

    assert texts.scene.rows(NumberCheckRow) == []


def test_h47_a_number_that_reaches_nobody_is_told_to_the_nurses_at_once(texts: Texts) -> None:
    nurse = StaffRow(id=uuid.uuid4(), name="Nora", role="nurse", created_at=CREATED)
    texts.scene.add(nurse, StaffSiteRow(staff_id=nurse.id, site_id=texts.scene.site_id))
    texts.fail("30005")

    told = {row.alert_id for row in texts.scene.rows(NotificationRow)}
    assert told == {row.id for row in texts.scene.rows(AlertRow)}
    assert texts.scene.tasks == ["message:undelivered", "message:wrong_number"]


def test_a_later_failure_calls_again_whoever_has_seen_the_first_h33(texts: Texts) -> None:
    texts.fail("30008")
    texts.scene.change(AlertRow, acknowledged_at=MORNING, acknowledged_by=uuid.uuid4())
    assert texts.send()
    texts.hear(Receipt.DELIVERED)
    (seen,) = texts.scene.rows(AlertRow)
    assert (seen.calls, seen.acknowledged_at is None) == (1, False)
    texts.fail("30003")

    (task,) = texts.scene.rows(AlertRow)
    assert (task.topic, task.calls, task.acknowledged_at) == ("message:undelivered", 2, None)
    assert "30003" in task.because
    assert task.evidence == texts.scene.messages[-1].id
