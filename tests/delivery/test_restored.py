"""What an old copy of the database does not know, the provider does (H57)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

import pytest
from sqlalchemy import delete, event

from monitor.actions.pause_sending import pause_sending
from monitor.actions.resume_sending import resume_sending
from monitor.clock import now
from monitor.delivery.pause import lasting_pauses
from monitor.delivery.reconcile import Settled
from monitor.delivery.transport import Found, Look, NotThere, Receipt, SentText
from monitor.store.list_check import ListCheckRow
from monitor.store.message import MessageAttemptRow, MessageRow
from monitor.store.reminder import ReminderRow
from monitor.store.sending_pause import PauseCause
from tests.delivery.reconciling import ask
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def provider() -> Provider:
    return Provider()


@dataclass
class Dated(Provider):
    """Shows what it has only to whoever looks as far back as the moment at which it came."""

    came_at: dt.datetime = MORNING

    def find(self, sent: SentText) -> Look:
        return super().find(sent) if sent.since <= self.came_at else NotThere()


def hold(scene: Scene, at: dt.datetime = MORNING) -> None:
    with scene.work(at) as work:
        pause_sending(work, reason="restored", cause=PauseCause.RESTORED)


def test_a_restored_database_learns_what_left_after_the_copy_was_made_h57(scene: Scene, provider: Provider) -> None:
    """In the copy the text still waits; without this the patient would get it again."""
    scene.queue(due(WEDNESDAY))
    provider.has = {scene.message.text: Found("SM1", Receipt.DELIVERED)}
    hold(scene, MORNING + HOUR)

    done = ask(scene, provider, MORNING + HOUR)
    assert done.settled == (Settled("delivered", 1),)

    with scene.work(MORNING + HOUR) as work:
        (pause,) = lasting_pauses(work.session)
        resume_sending(work, pause_id=pause.id, reason="reconciled")
    scene.deliver(provider, MORNING + HOUR)
    assert provider.received == []
    assert [(attempt.outcome, attempt.provider_sid) for attempt in scene.attempts] == [("accepted", "SM1")]


def test_a_text_that_a_restored_database_decides_again_is_known_by_its_words_h57(
    scene: Scene, provider: Provider
) -> None:
    """The copy is older than the decision itself; the sweep decides anew, and the text has left already."""
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)
    with scene.sessions.begin() as session:  # as in a copy of the evening before
        for table in (ReminderRow, MessageAttemptRow, ListCheckRow, MessageRow):
            session.execute(delete(table))
    hold(scene)
    scene.queue(due(WEDNESDAY))

    assert ask(scene, provider).settled == (Settled("accepted", 1),)


def test_what_left_the_day_before_the_restore_is_known_though_the_day_is_another_h57(
    scene: Scene, provider: Provider
) -> None:
    """A nightly copy, restored a day later: the letters of the new text are those of another day."""
    soon = due(WEDNESDAY + dt.timedelta(days=5))
    scene.queue(soon)
    scene.deliver(provider)
    (sent,) = provider.received
    with scene.sessions.begin() as session:
        for table in (ReminderRow, MessageAttemptRow, ListCheckRow, MessageRow):
            session.execute(delete(table))
    next_day = MORNING + 24 * HOUR
    hold(scene, next_day)
    scene.queue(soon, at=next_day)
    assert scene.message.text != sent.body

    assert ask(scene, provider, next_day).settled == (Settled("accepted", 1),)


def test_a_restored_database_sends_what_did_not_leave_h57_h30(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))
    with scene.work() as work:
        pause_id = pause_sending(work, reason="restored", cause=PauseCause.RESTORED)
    ask(scene, provider)
    with scene.work() as work:
        resume_sending(work, pause_id=pause_id, reason="reconciled")

    assert scene.deliver(provider).counts == {"accepted": 1}


def test_what_was_taken_over_proves_the_list_h57_h61(scene: Scene) -> None:
    """It came before anybody took it over: whoever looked only from then on would call a good list blind."""
    scene.settings = dataclasses.replace(scene.settings, clock_skew=dt.timedelta(minutes=1))
    at = now()
    scene.queue(due(at.date() + dt.timedelta(days=5)), at=at - 2 * HOUR)  # the copy is of this time
    provider = Dated(has={scene.message.text: Found("SM1", Receipt.ACCEPTED)}, came_at=at - HOUR)
    hold(scene, at)

    assert ask(scene, provider, at).settled == (Settled("accepted", 1),)
    again = ask(scene, provider, at)

    assert (again.list_shows, again.is_done) == (True, True)


def test_what_was_unclear_before_the_copy_is_looked_for_from_its_own_time_h57(scene: Scene) -> None:
    """It left before the copy was made: whoever looked only from then on would not find it."""
    scene.settings = dataclasses.replace(scene.settings, clock_skew=dt.timedelta(minutes=1))
    at = now()
    scene.queue(due(at.date()), at=at - HOUR)
    left_at = at - HOUR
    scene.change(MessageRow, state="uncertain", attempts=1, look_at=at + HOUR)
    scene.add(
        MessageAttemptRow(
            message_id=scene.message.id, token="t" * 32, started_at=left_at, ended_at=left_at, outcome="unknown"
        )
    )
    with scene.work(at - dt.timedelta(minutes=10)) as work:
        work.note("the last trace before the copy")
    hold(scene, at)
    provider = Dated(has={scene.message.text: Found("SM1", Receipt.DELIVERED)}, came_at=left_at)

    assert ask(scene, provider, at).settled == (Settled("delivered", 1),)


def test_it_is_not_done_after_a_restore_where_nothing_proves_the_list_h57_h61(scene: Scene, provider: Provider) -> None:
    """What waits would leave next, and may have left before."""
    scene.queue(due(WEDNESDAY))
    hold(scene)

    done = ask(scene, provider)

    assert (done.asked, done.list_shows, done.is_done) == (1, None, False)


def test_it_holds_the_patient_before_the_message_as_everybody_does(scene: Scene, provider: Provider) -> None:
    """The other way round two who do so wait for each other, and the database ends one of them."""
    scene.queue(due(WEDNESDAY))
    hold(scene)
    provider.has = {scene.message.text: Found("SM1", Receipt.UNDELIVERED, "30003")}
    asked: list[str] = []
    event.listen(scene.engine, "before_cursor_execute", lambda _c, _u, statement, *_: asked.append(statement))

    assert ask(scene, provider).settled == (Settled("undelivered", 1),)

    holds_patient = next(place for place, text in enumerate(asked) if text.startswith("SELECT patient.id \nFROM"))
    holds_message = next(place for place, text in enumerate(asked) if "message.reference" in text)
    assert holds_patient < holds_message
