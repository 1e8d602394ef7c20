"""What cannot be said by text is never passed over in silence: it becomes a task (G2, G6, H35, H39)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid

import pytest

from monitor.delivery.queue import cancel_messages
from monitor.delivery.transport import NumberRefused
from monitor.store.alert import AlertRow
from monitor.store.patient import PatientRow
from monitor.store.treatment import TreatmentRow
from tests.delivery.scene import CREATED, MORNING, WEDNESDAY, Provider, Scene, due

DAY = dt.timedelta(days=1)


def without_consent(scene: Scene) -> None:
    scene.consent(is_given=False)


def without_phone(scene: Scene) -> None:
    scene.change(PatientRow, phone=None)


def without_page(scene: Scene) -> None:
    scene.settings = dataclasses.replace(scene.settings, public_page_url=None)


def without_telephone(scene: Scene) -> None:
    scene.settings = dataclasses.replace(scene.settings, public_telephone=None)


def with_a_page_that_betrays(scene: Scene) -> None:
    scene.settings = dataclasses.replace(scene.settings, public_page_url="https://neurologie.example/p")


@pytest.mark.parametrize(
    "spoil", [without_consent, without_phone, without_page, without_telephone, with_a_page_that_betrays]
)
def test_it_gives_a_nurse_what_cannot_be_said_by_text_h35_h39_h43(scene: Scene, spoil: object) -> None:
    spoil(scene)  # type: ignore[operator]  # one of the functions above
    scene.queue(due(WEDNESDAY))
    scene.queue(due(WEDNESDAY))

    assert scene.messages == []
    assert scene.reminders == {("cbc/1.7", 0): "no_channel"}
    assert scene.tasks == ["reminder:no_channel"]


def test_it_opens_one_task_for_one_cause_h46(scene: Scene) -> None:
    without_consent(scene)
    scene.queue(due(WEDNESDAY))
    scene.queue(due(WEDNESDAY), due(WEDNESDAY + 5 * DAY, "tsh/1.2"))

    assert scene.tasks == ["reminder:no_channel"]


def test_it_says_a_reminder_after_all_when_consent_comes_in_time(scene: Scene) -> None:
    without_consent(scene)
    scene.queue(due(WEDNESDAY))
    scene.consent(is_given=True)
    scene.queue(due(WEDNESDAY), at=MORNING + DAY)

    assert scene.message.state == "pending"
    assert scene.reminders == {("cbc/1.7", 0): "queued"}


def test_it_gives_a_nurse_what_a_downtime_made_too_late_h25_h32(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY - 8 * DAY))
    scene.queue(due(WEDNESDAY - 8 * DAY), at=MORNING + DAY)

    assert scene.messages == []
    assert scene.reminders == {("cbc/1.7", 3): "too_late"}
    assert scene.tasks == ["reminder:too_late"]


def test_it_still_says_what_a_short_downtime_delayed_h25(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY - 5 * DAY))

    assert scene.message.state == "pending"
    assert scene.reminders == {("cbc/1.7", 3): "queued"}


def test_it_owes_nothing_for_the_time_before_the_treatment_was_known(scene: Scene) -> None:
    scene.change(TreatmentRow, created_at=MORNING)
    scene.queue(due(WEDNESDAY - 8 * DAY))

    assert (scene.messages, scene.reminders, scene.tasks) == ([], {}, [])


def test_it_queues_nothing_for_the_dead_h36(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    scene.change(PatientRow, died_on=WEDNESDAY)
    scene.queue(due(WEDNESDAY), due(WEDNESDAY, "tsh/1.2"))

    assert scene.message.state == "suppressed"
    assert scene.reminders == {("cbc/1.7", 0): "dropped"}
    assert scene.tasks == []


def test_it_cancels_what_waits_and_leaves_what_has_gone_h36(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    scene.deliver(Provider())
    scene.queue(due(WEDNESDAY), due(WEDNESDAY + 5 * DAY, "tsh/1.2"))

    with scene.work() as work:
        assert cancel_messages(work, patient_id=scene.patient_id, why="the patient died") == 1
    with scene.work() as work:
        assert cancel_messages(work, patient_id=scene.patient_id, why="the patient died") == 0

    assert [row.state for row in scene.messages] == ["accepted", "cancelled"]
    assert scene.reminders["tsh/1.2", -5] == "dropped"


def test_it_cancels_nothing_of_another_patient_h36(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))

    with scene.work() as work:
        assert cancel_messages(work, patient_id=uuid.uuid4(), why="the patient died") == 0

    assert scene.message.state == "pending"
    assert scene.message.created_at > CREATED


def test_each_item_without_a_channel_calls_again_once_h39_h46(scene: Scene) -> None:
    scene.consent(is_given=False)
    scene.queue(due(WEDNESDAY))
    scene.change(AlertRow, acknowledged_at=MORNING, acknowledged_by=uuid.uuid4())
    scene.queue(due(WEDNESDAY), at=MORNING + 3 * DAY)
    assert [row.calls for row in scene.rows(AlertRow)] == [1], "a further step of what somebody has seen"

    scene.queue(due(WEDNESDAY + 30 * DAY, key="cbc/1.8"), at=MORNING + 30 * DAY)
    (task,) = scene.rows(AlertRow)
    assert (task.topic, task.calls, task.acknowledged_at) == ("reminder:no_channel", 2, None)
    assert "cbc/1.8" in task.because


def test_nobody_is_called_about_a_text_to_somebody_who_died_h36(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    carrier = Provider(answers=[NumberRefused("21612")])
    carrier.meanwhile = lambda: scene.change(PatientRow, died_on=WEDNESDAY)
    scene.deliver(carrier)

    assert scene.message.state == "failed"
    assert scene.tasks == []
