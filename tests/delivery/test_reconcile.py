"""A person asks about every open text at once; nobody gets a copy too many for that (G3, H31, H33, H57, H61)."""

from __future__ import annotations

import datetime as dt

import pytest
from click.testing import CliRunner

from monitor.cli import main
from monitor.delivery.reconcile import Settled
from monitor.delivery.transport import Found, Receipt, Unknown
from monitor.store.message import MessageRow
from tests.delivery.reconciling import ask
from tests.delivery.scene import WEDNESDAY, Provider, Scene, due

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
