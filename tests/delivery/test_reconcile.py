"""A person asks about every open text at once; nobody gets a copy too many for that (G3, H31, H33, H57, H61)."""

from __future__ import annotations

import datetime as dt

import pytest
from click.testing import CliRunner
from sqlalchemy import delete

from monitor.actions.pause_sending import pause_sending
from monitor.actions.resume_sending import resume_sending
from monitor.cli import main
from monitor.delivery.pause import lasting_pauses
from monitor.delivery.reconcile import Reconciled, Settled, reconcile
from monitor.delivery.transport import Found, Receipt, Unknown
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


def ask(scene: Scene, provider: Provider, at: dt.datetime = MORNING, *, at_most: int | None = None) -> Reconciled:
    worker = Worker(scene.sessions, scene.catalog, scene.settings, lambda: at)
    return reconcile(worker, provider, at_most=at_most)


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
    lost.let_looks_fall_due()

    ask(lost, provider)

    assert (lost.message.state, lost.message.empty_looks) == ("uncertain", 1)


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
    with scene.work(MORNING + HOUR) as work:
        pause_sending(work, reason="restored", cause=PauseCause.RESTORED)

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
    with scene.work() as work:
        pause_sending(work, reason="restored", cause=PauseCause.RESTORED)
    scene.queue(due(WEDNESDAY))

    assert ask(scene, provider).settled == (Settled("accepted", 1),)


def test_a_restored_database_sends_what_did_not_leave_h57_h30(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))
    with scene.work() as work:
        pause_id = pause_sending(work, reason="restored", cause=PauseCause.RESTORED)
    ask(scene, provider)
    with scene.work() as work:
        resume_sending(work, pause_id=pause_id, reason="reconciled")

    assert scene.deliver(provider).counts == {"accepted": 1}


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
