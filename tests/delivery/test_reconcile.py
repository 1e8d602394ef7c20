"""A person asks about every open text at once; nobody gets a copy too many for that (G3, H31, H33, H57, H61)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from dataclasses import dataclass

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, event

from monitor.actions.pause_sending import pause_sending
from monitor.actions.resume_sending import resume_sending
from monitor.cli import main
from monitor.clock import now
from monitor.delivery.pause import lasting_pauses
from monitor.delivery.reconcile import Reconciled, Settled, reconcile
from monitor.delivery.transport import Found, Look, NotThere, Receipt, SentText, Unknown
from monitor.delivery.worker import Worker
from monitor.store.list_check import ListCheckRow
from monitor.store.message import MessageAttemptRow, MessageRow
from monitor.store.reminder import ReminderRow
from monitor.store.sending_pause import PauseCause
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def lost(scene: Scene, provider: Provider) -> Scene:
    """The answer to Ada's text was lost; it stands in its quarantine."""
    scene.queue(due(WEDNESDAY))
    provider.answers = [Unknown("time-out")]
    scene.deliver(provider)
    return scene


def ask(
    scene: Scene,
    provider: Provider,
    at: dt.datetime = MORNING,
    *,
    at_most: int | None = None,
    after: uuid.UUID | None = None,
) -> Reconciled:
    worker = Worker(scene.sessions, scene.catalog, scene.settings, lambda: at)
    return reconcile(worker, provider, at_most=at_most, after=after)


@dataclass
class Dated(Provider):
    """Shows what it has only to whoever looks as far back as the moment at which it came."""

    came_at: dt.datetime = MORNING

    def find(self, sent: SentText) -> Look:
        return super().find(sent) if sent.since <= self.came_at else NotThere()


def hold(scene: Scene, at: dt.datetime = MORNING) -> None:
    with scene.work(at) as work:
        pause_sending(work, reason="restored", cause=PauseCause.RESTORED)


def test_it_finds_what_left_without_waiting_for_its_turn(lost: Scene, provider: Provider) -> None:
    provider.has = {lost.message.text: Found("SM1", Receipt.DELIVERED)}

    done = ask(lost, provider)

    assert (done.settled, done.is_done) == ((Settled("delivered", 1),), True)
    assert (lost.message.state, lost.message.provider_sid) == ("delivered", "SM1")


def test_not_found_in_the_quarantine_counts_as_no_look_however_often_somebody_asks_g3_h31(
    lost: Scene, provider: Provider
) -> None:
    due_at = lost.message.look_at

    for _ in range(5):
        done = ask(lost, provider)
        lost.deliver(provider)
        assert (done.asked, done.settled, done.is_done) == (1, (), True)

    assert (lost.message.state, lost.message.empty_looks, lost.message.look_at) == ("uncertain", 0, due_at)
    assert len(provider.received) == 1


def test_a_look_that_is_due_counts_as_ever_h31(lost: Scene, provider: Provider) -> None:
    other = lost.neighbour()
    other.queue(due(WEDNESDAY))
    other.deliver(provider)  # so that the list can be proven
    lost.let_looks_fall_due()

    ask(lost, provider)

    (looked_for,) = [row for row in lost.messages if row.patient_id == lost.patient_id]
    assert (looked_for.state, looked_for.empty_looks) == ("uncertain", 1)


def test_it_asks_after_what_was_accepted_and_settles_only_what_is_final_h33(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)
    body = scene.message.text

    on_its_way = ask(scene, provider)
    assert (on_its_way.settled, scene.message.state) == ((), "accepted")
    assert scene.tasks == []

    provider.has = {body: Found(str(scene.message.provider_sid), Receipt.UNDELIVERED, "30003")}
    assert ask(scene, provider).settled == (Settled("undelivered", 1),)
    assert scene.tasks == ["message:undelivered"]


def test_it_is_not_done_where_nobody_answered_and_asks_no_further(lost: Scene, provider: Provider) -> None:
    other = lost.neighbour()
    other.queue(due(WEDNESDAY))
    provider.answers = [Unknown("time-out")]
    other.deliver(provider)
    provider.is_away = True

    done = ask(lost, provider)

    assert (done.asked, done.unanswered, done.left, done.is_done) == (1, 1, 1, False)
    assert {row.state for row in lost.messages} == {"uncertain"}


def test_it_is_not_done_where_more_is_open_than_it_may_ask_about(lost: Scene, provider: Provider) -> None:
    assert ask(lost, provider, at_most=0).left == 1


def test_whoever_goes_on_after_the_last_one_comes_to_the_end(lost: Scene, provider: Provider) -> None:
    """What stays open is not asked about again and again while the rest waits."""
    for other in (lost.neighbour(), lost.neighbour()):
        other.queue(due(WEDNESDAY))
        provider.answers = [Unknown("time-out")]
        other.deliver(provider)

    rounds = [ask(lost, provider, at_most=1)]
    while rounds[-1].next is not None and len(rounds) < 9:
        rounds.append(ask(lost, provider, at_most=1, after=rounds[-1].next))

    assert [(one.asked, one.left) for one in rounds] == [(1, 2), (1, 1), (1, 0)]
    assert set(provider.looked_for) == {row.text for row in lost.messages}
    provider.is_away = True
    assert ask(lost, provider, at_most=1, after=rounds[1].next).next == rounds[1].next  # it was not answered


def test_nobody_asks_for_ever_after_what_no_carrier_speaks_of(scene: Scene, provider: Provider) -> None:
    """It was given up, and a nurse knows."""
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)
    scene.let_looks_fall_due()
    scene.deliver(provider)
    assert (scene.message.state, scene.tasks) == ("accepted", ["message:undelivered"])

    assert (ask(scene, provider).asked, ask(scene, provider).is_done) == (0, True)


def test_what_cannot_be_recorded_of_one_stops_none_of_the_others_h28(lost: Scene, provider: Provider) -> None:
    other = lost.neighbour()
    other.queue(due(WEDNESDAY))
    provider.answers = [Unknown("time-out")]
    other.deliver(provider)
    first, second = sorted(lost.messages, key=lambda row: (row.created_at, row.id))
    provider.has = {
        first.text: Found("SM1", Receipt.UNDELIVERED, "3" * 40),  # longer than any code
        second.text: Found("SM2", Receipt.DELIVERED),
    }

    done = ask(lost, provider)

    assert (done.asked, done.unanswered, done.settled) == (2, 1, (Settled("delivered", 1),))
    assert not done.is_done


def test_it_is_not_done_where_the_list_is_blind_h61(lost: Scene, provider: Provider) -> None:
    other = lost.neighbour()
    other.queue(due(WEDNESDAY))
    other.deliver(provider)
    provider.has = None

    done = ask(lost, provider)

    assert (done.list_shows, done.is_done) == (False, False)


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


def test_what_waits_is_not_asked_about_in_the_usual_course(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))

    assert ask(scene, provider).asked == 0


def test_the_command_fails_where_it_could_not_ask(lost: Scene) -> None:
    lost.change(MessageRow, because="x")
    address = lost.engine.url.render_as_string(hide_password=False)
    environ = {"MONITOR_ENVIRONMENT": "test", "MONITOR_DATABASE_URL": address}

    done = CliRunner().invoke(main, ["outbox", "reconcile"], env=environ)

    assert done.exit_code == 1
    assert "1 asked about, 1 unanswered" in done.stdout
