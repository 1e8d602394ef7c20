"""How reminders that fell due become one message a day (G4, H31, H42)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from monitor.schedules.calendar import Kind
from monitor.store.reminder import ReminderRow
from tests.delivery.scene import MORNING, PHONE, WEDNESDAY, Provider, Scene, due, visit

DAY = dt.timedelta(days=1)


def test_it_writes_the_text_of_the_day(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))

    message = scene.message
    assert (message.state, message.local_day, message.phone) == ("pending", WEDNESDAY, PHONE)
    assert "15/04" in message.text
    assert "https://suivi.example/p" in message.text
    assert message.text.endswith(f"Ref {message.reference}")
    assert scene.reminders == {("cbc/1.7", 0): "queued"}


def test_it_gives_the_first_later_day_on_which_something_is_to_be_said(scene: Scene) -> None:
    assert scene.queue(due(WEDNESDAY)) == WEDNESDAY + 3 * DAY
    assert scene.queue(due(WEDNESDAY + 60 * DAY, "cbc/1.9")) == dt.date(2026, 6, 9)
    assert scene.queue() is None


def test_it_changes_nothing_the_second_time_h26_h31(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    before = [(row.id, row.text, row.created_at) for row in scene.messages]

    scene.queue(due(WEDNESDAY), at=MORNING + dt.timedelta(hours=2))

    assert [(row.id, row.text, row.created_at) for row in scene.messages] == before
    assert scene.reminders == {("cbc/1.7", 0): "queued"}


def test_it_merges_the_items_of_a_day_into_one_message_g4(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY), due(WEDNESDAY, "liver/1.7"), due(WEDNESDAY, "creatinine/1.7"))

    assert "15/04" in scene.message.text
    assert set(scene.reminders.values()) == {"queued"}
    assert len(scene.reminders) == 3


def test_it_lets_a_later_reminder_of_the_day_join_the_message_that_waits_g4(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    scene.queue(due(WEDNESDAY), due(WEDNESDAY + 5 * DAY, "tsh/1.2"))

    assert "plusieurs" in scene.message.text
    assert len(scene.reminders) == 2


def test_it_writes_one_message_for_two_treatments_of_a_patient_g4(scene: Scene) -> None:
    other = uuid.uuid4()
    scene.add(scene.treatment(other))
    scene.queue(due(WEDNESDAY))
    scene.queue(due(WEDNESDAY, "alsfrs_r/1"), treatment_id=other)

    assert len(scene.messages) == 1
    assert len(scene.reminders) == 2


def test_it_waits_for_the_next_sending_day_when_today_has_had_its_message_g4(scene: Scene) -> None:
    saturday = WEDNESDAY + 3 * DAY
    scene.queue(due(WEDNESDAY), at=MORNING + 3 * DAY)  # the third step
    scene.deliver(Provider(), MORNING + 3 * DAY)

    scene.queue(due(WEDNESDAY), due(saturday + 5 * DAY, "tsh/1.2"), at=MORNING + 3 * DAY)

    sent, waiting = scene.messages
    assert (sent.local_day, sent.state) == (saturday, "accepted")
    assert (waiting.local_day, waiting.state) == (saturday + 2 * DAY, "pending")
    assert waiting.not_before_at == dt.datetime(2026, 4, 20, 7, tzinfo=dt.UTC)


def test_it_sends_no_fifth_message_in_seven_days_h37(scene: Scene) -> None:
    for number in range(4):
        at = MORNING + number * DAY
        scene.queue(due(at.date(), f"cbc/1.{number}"), at=at)
        scene.deliver(Provider(), at)

    scene.queue(due(WEDNESDAY + 10 * DAY, "tsh/1.2"), at=MORNING + 5 * DAY)

    assert [row.local_day for row in scene.messages][-1] == WEDNESDAY + 7 * DAY


def test_it_makes_a_task_of_what_the_limits_keep_from_being_said_in_time_h37(scene: Scene) -> None:
    for number in range(4):
        at = MORNING + number * DAY
        scene.queue(due(at.date(), f"cbc/1.{number}"), at=at)
        scene.deliver(Provider(), at)

    on = WEDNESDAY + 5 * DAY
    scene.queue(due(on, "urinalysis/1.7", closes_on=on + DAY), at=MORNING + 5 * DAY)

    assert scene.reminders["urinalysis/1.7", 0] == "too_late"
    assert scene.tasks == ["reminder:too_late"]


@pytest.mark.parametrize(
    ("at", "opens_at"),
    [
        ("2026-04-15T04:00", "2026-04-15T07:00"),
        ("2026-04-15T17:30", "2026-04-16T07:00"),
        ("2026-04-18T17:30", "2026-04-20T07:00"),  # Saturday evening
        ("2026-05-01T08:00", "2026-05-02T07:00"),  # a public holiday
    ],
)
def test_it_waits_for_the_send_window_h20_h21(scene: Scene, at: str, opens_at: str) -> None:
    moment = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    scene.queue(due(moment.date() + 5 * DAY), at=moment)

    assert scene.message.not_before_at == dt.datetime.fromisoformat(opens_at).replace(tzinfo=dt.UTC)


def test_it_tells_the_date_rather_than_today_when_the_text_goes_out_later(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY), at=MORNING + dt.timedelta(hours=10))

    assert "était prévu le 15/04" in scene.message.text


def test_it_keeps_the_day_free_for_the_text_that_became_untrue_before_it_left_h42(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    scene.queue()  # done, waived or cancelled meanwhile

    assert (scene.message.state, scene.message.because) == ("suppressed", "no longer true")
    assert scene.reminders == {("cbc/1.7", 0): "dropped"}

    scene.queue(due(WEDNESDAY, "tsh/1.2"))

    assert scene.message.state == "pending"
    assert scene.reminders == {("cbc/1.7", 0): "dropped", ("tsh/1.2", 0): "queued"}


def test_it_says_a_reminder_after_all_when_the_item_comes_back(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    scene.queue()
    scene.queue(due(WEDNESDAY))

    assert scene.message.state == "pending"
    assert scene.reminders == {("cbc/1.7", 0): "queued"}


def test_it_writes_the_text_again_for_what_is_left_h42(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY), due(WEDNESDAY + 5 * DAY, "tsh/1.2"))
    scene.queue(due(WEDNESDAY + 5 * DAY, "tsh/1.2"))

    assert scene.message.state == "pending"
    assert "20/04" in scene.message.text


def test_it_follows_an_item_that_was_moved_before_the_text_left_h42(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY + 5 * DAY))
    scene.queue(due(WEDNESDAY + 4 * DAY, moved_from=WEDNESDAY + 5 * DAY))

    assert "19/04" in scene.message.text
    assert sorted((row.due_on.day, row.outcome) for row in scene.rows(ReminderRow)) == [(19, "queued"), (20, "dropped")]


def test_it_says_the_hour_of_a_visit_on_the_eve_h42(scene: Scene) -> None:
    visits = visit(WEDNESDAY + DAY, at=dt.time(9, 30))
    scene.queue(due(WEDNESDAY + DAY), visits=visits)

    assert "prévu le 16/04 à 9h30" in scene.message.text
    assert scene.message.deadline_at == dt.datetime(2026, 4, 15, 17, tzinfo=dt.UTC)  # seven in the evening before


def test_it_keeps_to_the_date_where_two_items_of_a_day_have_different_hours(scene: Scene) -> None:
    visits = visit(WEDNESDAY + DAY, at=dt.time(9, 30)) | visit(WEDNESDAY + DAY, "tsh/1.2", at=dt.time(14))
    scene.queue(due(WEDNESDAY + DAY), due(WEDNESDAY + DAY, "tsh/1.2"), visits=visits)

    assert "prévu le 16/04." in scene.message.text


def test_it_writes_the_waiting_text_again_when_the_hour_changes_h42(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY + DAY), visits=visit(WEDNESDAY + DAY, at=dt.time(9, 30)))
    scene.queue(due(WEDNESDAY + DAY), visits=visit(WEDNESDAY + DAY, at=dt.time(14)))

    assert "à 14h00" in scene.message.text
    assert "9h30" not in scene.message.text

    scene.queue(due(WEDNESDAY + DAY))

    assert "prévu le 16/04." in scene.message.text
    assert len(scene.messages) == 1


def test_it_says_no_hour_that_is_not_of_the_day_on_which_the_item_is_due(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY + 5 * DAY), visits=visit(WEDNESDAY + 40 * DAY, at=dt.time(9, 30)))

    assert "prévu le 20/04." in scene.message.text


def test_it_makes_no_task_of_a_reminder_planned_before_the_visit_was_agreed(scene: Scene) -> None:
    """Agreed on the telephone for the same afternoon: the text of yesterday evening is nobody's debt."""
    scene.queue(due(WEDNESDAY), visits=visit(WEDNESDAY, at=dt.time(15), agreed_at=MORNING))

    assert (scene.messages, scene.tasks) == ([], [])


def test_it_makes_a_task_of_an_eve_that_passed_unsaid_h30(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY), visits=visit(WEDNESDAY, at=dt.time(15)))

    assert (scene.messages, scene.tasks) == ([], ["reminder:too_late"])


def test_it_makes_a_task_of_a_visit_moved_to_today_after_its_text_left_h42(scene: Scene) -> None:
    """The patient holds a text that says tomorrow, and no text can correct it any more."""
    scene.queue(due(WEDNESDAY + DAY), visits=visit(WEDNESDAY + DAY, at=dt.time(8, 30)))
    scene.deliver(Provider(), MORNING)
    moved = visit(WEDNESDAY, at=dt.time(23), agreed_at=MORNING)

    scene.queue(due(WEDNESDAY), visits=moved)
    scene.queue(due(WEDNESDAY), visits=moved)

    assert scene.tasks == ["reminder:too_late"]
    assert len(scene.messages) == 1


def test_it_makes_no_task_of_a_visit_moved_before_its_text_left(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY + DAY), visits=visit(WEDNESDAY + DAY, at=dt.time(8, 30)))
    scene.queue(due(WEDNESDAY), visits=visit(WEDNESDAY, at=dt.time(23), agreed_at=MORNING))

    assert scene.message.state == "suppressed"
    assert scene.tasks == []


def test_it_says_the_hour_of_a_dose_for_what_is_done_with_it(scene: Scene) -> None:
    """Only the dose was named when the visit was agreed: its samples come along."""
    dose = due(WEDNESDAY + DAY, "dose/3", kind=Kind.DOSE)
    scene.queue(dose, due(WEDNESDAY + DAY, "cbc/3"), visits=visit(WEDNESDAY + DAY, "dose/3", at=dt.time(8, 30)))

    assert "prévu le 16/04 à 8h30" in scene.message.text


def test_it_reminds_nobody_of_a_sample_that_was_taken_h42(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY), due(WEDNESDAY, "tsh/1.2"))
    scene.queue(due(WEDNESDAY), due(WEDNESDAY, "tsh/1.2"), awaited={"cbc/1.7"})

    assert scene.reminders == {("cbc/1.7", 0): "dropped", ("tsh/1.2", 0): "queued"}

    scene.queue(due(WEDNESDAY), due(WEDNESDAY, "tsh/1.2"))

    assert set(scene.reminders.values()) == {"queued"}
