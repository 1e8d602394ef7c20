"""A person stops the sending of texts: nothing is claimed, nothing is lost, and only a person ends it (H37, H57)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import event
from sqlalchemy.orm import Session

from monitor.actions.pause_sending import pause_sending
from monitor.actions.resume_sending import resume_sending
from monitor.cli import main
from monitor.delivery.line import open_line, stop_line
from monitor.delivery.pause import lasting_pauses
from monitor.delivery.transport import Found, Outcome, OutgoingText, Receipt, Unknown
from monitor.overviews.readiness import readiness
from monitor.store.sending_pause import PauseCause, SendingPauseRow
from monitor.terms import Conflict, Missing
from tests.delivery.scene import MORNING, WEDNESDAY, Provider, Scene, due

HOUR = dt.timedelta(hours=1)
WHY = "a wrong text was found"


@pytest.fixture
def queued(scene: Scene) -> Scene:
    scene.queue(due(WEDNESDAY))
    return scene


def pause(scene: Scene, at: dt.datetime = MORNING, *, cause: PauseCause = PauseCause.PERSON) -> uuid.UUID:
    with scene.work(at) as work:
        return pause_sending(work, reason=WHY, cause=cause)


def resume(scene: Scene, pause_id: uuid.UUID, at: dt.datetime = MORNING) -> None:
    with scene.work(at) as work:
        resume_sending(work, pause_id=pause_id, reason="the text is right again")


@pytest.mark.parametrize("cause", PauseCause)
def test_it_lets_nothing_leave_until_a_person_says_so_h37_h57(queued: Scene, cause: PauseCause) -> None:
    provider = Provider()
    pause_id = pause(queued, cause=cause)

    for hours in range(3):
        passed = queued.deliver(provider, MORNING + hours * HOUR)
        assert passed.stopped is not None
        assert passed.stopped.probe_at is None
    assert (provider.received, queued.message.state, queued.message.attempts) == ([], "pending", 0)

    resume(queued, pause_id, MORNING + 3 * HOUR)
    assert queued.deliver(provider, MORNING + 3 * HOUR).counts == {"accepted": 1}


def test_it_gives_back_what_was_claimed_a_moment_before_h37(queued: Scene) -> None:
    """Between the claim and the call there is time for a person to see that the text is wrong."""
    once = iter([True])

    def see_it(_session: Session) -> None:
        if queued.message.state == "sending" and next(once, False):
            pause(queued)

    provider = Provider()
    event.listen(Session, "after_commit", see_it)
    try:
        assert queued.deliver(provider).counts == {"given_back": 1}
    finally:
        event.remove(Session, "after_commit", see_it)

    assert (provider.received, queued.message.state) == ([], "pending")
    assert [attempt.outcome for attempt in queued.attempts] == ["given_back"]


def test_what_runs_out_of_time_meanwhile_becomes_a_task_h37_h30(queued: Scene) -> None:
    pause(queued)
    late = queued.message.deadline_at

    assert queued.deliver(Provider(), late).counts == {"needs_human": 1}
    assert queued.tasks == ["reminder:too_late"]


def test_what_was_in_flight_is_still_settled(queued: Scene) -> None:
    class Interrupted(Provider):
        def send(self, message: OutgoingText) -> Outcome:
            pause(queued)
            return super().send(message)

    provider = Interrupted(answers=[Unknown("time-out")])
    assert queued.deliver(provider).counts == {"uncertain": 1}
    provider.has = {queued.message.text: Found("SM1", Receipt.ACCEPTED)}
    queued.let_looks_fall_due()

    queued.deliver(provider)

    assert queued.message.state == "accepted"
    assert len(provider.received) == 1


def test_neither_a_probe_nor_an_open_line_ends_it_h37(queued: Scene) -> None:
    pause(queued)
    with queued.work() as work:
        stop_line(work, reason="the provider refuses the account (20003)", probe_after=HOUR)
    with queued.work() as work:
        open_line(work)
    provider = Provider()

    queued.deliver(provider, MORNING + 2 * HOUR)

    assert provider.received == []


def test_the_first_of_two_people_who_pause_counts_and_both_are_noted(queued: Scene) -> None:
    first, second = pause(queued), pause(queued, MORNING + HOUR)

    assert first == second
    with queued.sessions() as session:
        (lasting,) = lasting_pauses(session)
    assert lasting.paused_at == MORNING


def test_nobody_ends_a_pause_that_they_have_not_seen_g9(queued: Scene) -> None:
    first = pause(queued)
    resume(queued, first)
    second = pause(queued)

    with pytest.raises(Conflict):
        resume(queued, first)
    with pytest.raises(Missing):
        resume(queued, uuid.uuid4())

    with queued.sessions() as session:
        assert [one.id for one in lasting_pauses(session)] == [second]


def test_it_keeps_who_paused_and_who_resumed_and_why(queued: Scene) -> None:
    resume(queued, pause(queued), MORNING + HOUR)

    (kept,) = queued.rows(SendingPauseRow)
    assert (kept.reason, kept.resumed_because) == (WHY, "the text is right again")
    assert (kept.paused_at, kept.resumed_at) == (MORNING, MORNING + HOUR)


def test_readiness_says_that_it_is_paused_but_not_what_somebody_typed_g5(queued: Scene) -> None:
    pause(queued)

    with Session(queued.engine) as session:
        checks = {one.name: one for one in readiness(session, at=MORNING, settings=queued.settings)}

    assert not checks["provider_line"].is_ok
    assert "a person paused" in checks["provider_line"].detail
    assert WHY not in checks["provider_line"].detail


def outbox(scene: Scene, *words: str) -> Result:
    address = scene.engine.url.render_as_string(hide_password=False)
    environ = {"MONITOR_ENVIRONMENT": "test", "MONITOR_DATABASE_URL": address}
    return CliRunner().invoke(main, ["outbox", *words], env=environ)


@pytest.mark.parametrize("command", [("pause", "--reason", WHY), ("hold", "--reason", WHY)])
def test_an_operator_pauses_and_resumes_and_never_by_accident_h37_h57(queued: Scene, command: tuple[str, ...]) -> None:
    provider = Provider()
    assert outbox(queued, *command).exit_code == 0
    queued.deliver(provider)

    by_accident = outbox(queued, "resume")
    queued.deliver(provider)
    assert (by_accident.exit_code, provider.received) == (1, [])
    assert WHY in by_accident.stderr

    assert outbox(queued, "resume", "--reason", "mended").exit_code == 0
    assert queued.deliver(provider).counts == {"accepted": 1}
