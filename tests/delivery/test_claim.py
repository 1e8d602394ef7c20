"""What is checked once more when a message's turn has come, and that one worker alone takes it (H30 to H42)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from monitor.delivery.claim import Claims, claim_due
from monitor.delivery.transport import NotSent
from monitor.store.agenda import AgendaRow
from monitor.store.patient import PatientRow
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def queued(scene: Scene) -> Scene:
    scene.queue(due(WEDNESDAY))
    return scene


def test_it_sends_once_what_is_due_h30_h31(queued: Scene) -> None:
    provider = Provider()

    assert queued.deliver(provider).counts == {"accepted": 1}
    assert queued.deliver(provider).counts == {}

    (sent,) = provider.received
    assert sent.to == queued.message.phone
    assert sent.body == queued.message.text
    assert (queued.message.state, queued.message.attempts) == ("accepted", 1)
    assert queued.message.provider_sid is not None


def test_it_gives_each_message_to_one_worker_only_h31(queued: Scene) -> None:
    together = Barrier(4)
    provider = Provider()

    def worker() -> None:
        together.wait()
        queued.deliver(provider)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(worker) for _ in range(4)]:
            done.result()

    assert len(provider.received) == 1
    assert [attempt.outcome for attempt in queued.attempts] == ["accepted"]


def test_it_lets_two_claims_at_once_not_take_the_same_row_h31(queued: Scene) -> None:
    together = Barrier(2)

    def worker() -> Claims:
        together.wait()
        with queued.work() as work:
            return claim_due(work, at_most=1)

    with ThreadPoolExecutor(2) as pool:
        results = [done.result() for done in [pool.submit(worker) for _ in range(2)]]

    assert sorted(len(claims.claimed) for claims in results) == [0, 1]
    assert queued.message.attempts == 1


def test_it_commits_the_claim_and_holds_no_connection_during_the_call_h30(queued: Scene) -> None:
    seen: list[object] = []

    def look() -> None:
        seen.extend([queued.engine.pool.checkedout(), queued.message.state])  # type: ignore[attr-defined]

    queued.deliver(Provider(meanwhile=look))

    assert seen == [0, "sending"]


@pytest.mark.parametrize("at", [MORNING - 4 * HOUR, MORNING - HOUR - dt.timedelta(seconds=1)])
def test_it_waits_for_the_window_h21(queued: Scene, at: dt.datetime) -> None:
    provider = Provider()
    queued.deliver(provider, at)

    assert provider.received == []
    assert queued.message.state == "pending"


def test_it_follows_a_patient_who_moved_to_another_zone_h21(queued: Scene) -> None:
    queued.change(PatientRow, timezone="America/Guadeloupe")  # 04:00 there
    provider = Provider()

    queued.deliver(provider)
    assert provider.received == []
    assert queued.message.not_before_at == dt.datetime(2026, 4, 15, 13, tzinfo=dt.UTC)

    queued.deliver(provider, MORNING + 5 * HOUR)
    assert len(provider.received) == 1


def test_it_tells_the_provider_how_long_the_text_is_worth_delivering_h42(queued: Scene) -> None:
    provider = Provider()
    queued.deliver(provider, MORNING + 8 * HOUR)  # 18:00

    assert HOUR - MINUTE < provider.received[0].valid_for <= HOUR  # what the claim took is not left of it


def test_it_leaves_the_last_minute_of_the_window_alone_h42(queued: Scene) -> None:
    provider = Provider()
    queued.deliver(provider, MORNING + 9 * HOUR - dt.timedelta(seconds=30))

    assert provider.received == []


def test_it_sends_nothing_after_consent_was_withdrawn_h35(queued: Scene) -> None:
    queued.consent(is_given=False)
    provider = Provider()

    assert queued.deliver(provider).counts == {"suppressed": 1}
    assert provider.received == []
    assert queued.reminders == {("cbc/1.7", 0): "no_channel"}
    assert queued.tasks == ["reminder:no_channel"]


def test_it_sends_nothing_to_a_number_that_was_taken_away_h34(queued: Scene) -> None:
    queued.change(PatientRow, phone=None)
    provider = Provider()

    assert queued.deliver(provider).counts == {"suppressed": 1}
    assert provider.received == []
    assert queued.tasks == ["reminder:no_channel"]


def test_it_sends_to_the_number_of_now_h34(queued: Scene) -> None:
    queued.change(PatientRow, phone="+33639980002")
    provider = Provider()
    queued.deliver(provider)

    assert [sent.to for sent in provider.received] == ["+33639980002"]
    assert queued.message.phone == "+33639980002"


def test_it_sends_nothing_to_the_dead_h36(queued: Scene) -> None:
    queued.change(PatientRow, died_on=WEDNESDAY)
    provider = Provider()

    assert queued.deliver(provider).counts == {"cancelled": 1}
    assert provider.received == []
    assert queued.tasks == []


@pytest.mark.parametrize(
    "changes", [{"due_on": WEDNESDAY + DAY}, {"blocked_by": ("suspended",)}, {"waiting_since": WEDNESDAY}]
)
def test_it_sends_nothing_that_the_agenda_contradicts_h42(queued: Scene, changes: dict[str, object]) -> None:
    add_to_agenda(queued, **changes)
    provider = Provider()

    assert queued.deliver(provider).counts == {"suppressed": 1}
    assert provider.received == []


def test_it_sends_what_a_gate_stands_against(queued: Scene) -> None:
    """A baseline that is missing before a course is no reason to keep quiet about the visit."""
    add_to_agenda(queued, blocked_by=("baseline:cbc",))
    provider = Provider()

    assert queued.deliver(provider).counts == {"accepted": 1}
    assert len(provider.received) == 1


def add_to_agenda(queued: Scene, **changes: object) -> None:
    values = {"due_on": WEDNESDAY, "blocked_by": (), **changes}
    queued.add(
        AgendaRow(
            treatment_id=queued.treatment_id, key="cbc/1.7", patient_id=queued.patient_id, site_id=queued.site_id,
            stream="cbc", kind="lab", suggested_on=WEDNESDAY, opens_on=WEDNESDAY, because="due", source="policy",
            **values,
        )
    )  # fmt: skip


def test_it_makes_a_task_of_what_ran_out_of_time_h32(queued: Scene) -> None:
    provider = Provider()

    assert queued.deliver(provider, MORNING + DAY).counts == {"needs_human": 1}
    assert provider.received == []
    assert queued.reminders == {("cbc/1.7", 0): "too_late"}
    assert queued.tasks == ["reminder:too_late"]


def test_it_sends_on_a_later_day_what_is_still_true_then_h32(scene: Scene) -> None:
    scene.queue(due(WEDNESDAY + 5 * DAY))
    provider = Provider()

    assert scene.deliver(provider, MORNING + DAY).counts == {"accepted": 1}
    assert scene.message.local_day == WEDNESDAY + DAY


def test_it_never_sends_a_delayed_text_on_a_day_that_has_one_g4(scene: Scene) -> None:
    first, second = due(WEDNESDAY + 5 * DAY), due(WEDNESDAY + 5 * DAY, "tsh/1.2")
    scene.queue(first)
    provider = Provider(answers=[NotSent("too_many_requests", DAY - 2 * HOUR)])
    provider.meanwhile = lambda: scene.queue(first, second) if len(provider.received) == 1 else None

    scene.deliver(provider)  # refused for now, and meanwhile Thursday got a message of its own
    assert [row.local_day for row in scene.messages] == [WEDNESDAY, WEDNESDAY + DAY]
    for hours in range(24, 72):
        scene.deliver(provider, MORNING + hours * HOUR)

    assert len(provider.received) == 3
    assert [(row.local_day, row.state) for row in scene.messages] == [
        (WEDNESDAY + DAY, "accepted"),
        (WEDNESDAY + 2 * DAY, "accepted"),
    ]


def test_it_stops_the_line_above_the_ceiling_of_a_site_h37(queued: Scene) -> None:
    neighbour = queued.neighbour()
    neighbour.queue(due(WEDNESDAY))
    few = dataclasses.replace(queued.settings, messages_per_site_and_day=1)
    queued.settings = few
    provider = Provider()

    passed = queued.deliver(provider)

    assert len(provider.received) == 1
    assert passed.stopped is not None
    assert "one site" in passed.stopped.reason
    assert sorted(row.state for row in queued.messages) == ["accepted", "pending"]
