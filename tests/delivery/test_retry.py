"""A person sends a text once more: never a third copy, never a stale one (G3, H31, H42)."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.actions.retry_message import retry_message
from monitor.delivery.transport import NumberRefused, Unknown
from monitor.store.list_check import ListCheckRow
from monitor.store.reminder import ReminderRow
from monitor.terms import Conflict
from tests.delivery.scene import CREATED, MORNING, WEDNESDAY, Provider, Scene, due

HOUR = dt.timedelta(hours=1)
LOST = Unknown("time-out")
REFUSED = NumberRefused("21408")  # a country that the account may not write to: not the fault of the number


def retry(scene: Scene, at: dt.datetime = MORNING) -> None:
    message_id = scene.message.id
    with scene.work(at) as work:
        retry_message(work, message_id=message_id, reason="the number is right again")


def look(scene: Scene, provider: Provider) -> None:
    scene.let_looks_fall_due()
    scene.change(ListCheckRow, checked_at=CREATED)
    scene.deliver(provider)


@pytest.fixture
def queued(scene: Scene) -> Scene:
    scene.queue(due(WEDNESDAY))
    return scene


def test_it_sends_what_was_refused_before(queued: Scene) -> None:
    provider = Provider(answers=[REFUSED])
    queued.deliver(provider)
    assert queued.message.state == "failed"

    retry(queued)

    assert queued.deliver(provider).counts == {"accepted": 1}
    assert (len(provider.received), queued.message.attempts) == (2, 2)
    assert queued.tasks == ["message:failed"]  # a person closes it


def test_after_one_unclear_copy_it_is_the_last_g3_h31(queued: Scene) -> None:
    """The list is blind, so that a person decided; the second copy is never followed by a third."""
    provider = Provider(answers=[LOST, LOST], has=None)
    queued.deliver(provider)
    look(queued, provider)
    look(queued, provider)
    assert queued.message.state == "needs_human"

    retry(queued)
    queued.deliver(provider)
    provider.has = {}
    for _ in range(4):
        look(queued, provider)

    assert (len(provider.received), queued.message.state) == (2, "needs_human")
    with pytest.raises(Conflict, match="twice"):
        retry(queued)


def test_it_is_refused_while_a_machine_still_sees_to_it(queued: Scene) -> None:
    with pytest.raises(Conflict, match="only a text"):
        retry(queued)
    queued.deliver(Provider(answers=[LOST]))
    with pytest.raises(Conflict, match="only a text"):
        retry(queued)


def test_it_is_refused_when_the_time_of_the_text_is_over_h42(queued: Scene) -> None:
    queued.deliver(Provider(answers=[REFUSED]))

    with pytest.raises(Conflict, match="too late"):
        retry(queued, queued.message.deadline_at)


def test_it_is_refused_when_nothing_is_left_of_what_it_says(queued: Scene) -> None:
    queued.deliver(Provider(answers=[REFUSED]))
    queued.change(ReminderRow, outcome="dropped")

    with pytest.raises(Conflict, match="nothing is left"):
        retry(queued)


def test_it_asks_again_whether_it_may_leave_h35_h36(queued: Scene) -> None:
    provider = Provider(answers=[REFUSED])
    queued.deliver(provider)
    queued.consent(is_given=False)

    retry(queued)
    queued.deliver(provider)

    assert (len(provider.received), queued.message.state) == (1, "suppressed")
    assert "reminder:no_channel" in queued.tasks


def test_two_people_send_it_once(queued: Scene) -> None:
    provider = Provider(answers=[REFUSED])
    queued.deliver(provider)
    retry(queued)

    with pytest.raises(Conflict):
        retry(queued)
    queued.deliver(provider)

    assert len(provider.received) == 2


def test_a_number_that_reaches_nobody_gets_no_more_before_somebody_confirmed_it_h34(queued: Scene) -> None:
    provider = Provider(answers=[NumberRefused("21211")])
    queued.deliver(provider)

    retry(queued)
    queued.deliver(provider)

    assert (len(provider.received), queued.message.state) == (1, "suppressed")
