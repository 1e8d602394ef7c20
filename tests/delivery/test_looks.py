"""A text whose fate is unknown is looked for twice, sent once more at most, or given to a person (G3, H31, H61)."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import select

from monitor.delivery.looking import due_looks, record_look, take_look
from monitor.delivery.transport import CannotLook, Found, NotSent, NotThere, NumberRefused, Receipt, Unknown
from monitor.store.audit import AuditEntryRow
from monitor.store.database_time import database_now
from monitor.store.list_check import ListCheckRow
from monitor.store.message import MessageRow
from monitor.store.patient import PatientRow
from tests.delivery.scene import CREATED, MORNING, WEDNESDAY, Provider, Scene, due

HOUR = dt.timedelta(hours=1)
LOST = Unknown("ReadTimeout")


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def lost(scene: Scene, provider: Provider) -> Scene:
    """A neighbour's text is with the provider, so that its list can be proven; the answer to Ada's was lost."""
    scene.neighbour().queue(due(WEDNESDAY))
    scene.deliver(provider)
    scene.queue(due(WEDNESDAY))
    provider.answers = [LOST]
    scene.deliver(provider)
    provider.received.clear()
    provider.looked_for.clear()
    return scene


def of_ada(scene: Scene) -> MessageRow:
    (found,) = [row for row in scene.messages if row.patient_id == scene.patient_id]
    return found


def look(scene: Scene, provider: Provider, at: dt.datetime = MORNING) -> dict[str, int]:
    scene.let_looks_fall_due()
    scene.change(ListCheckRow, checked_at=CREATED)  # so that nothing rests on a proof of long ago
    return dict(scene.deliver(provider, at).counts)


def test_h31_nothing_is_looked_for_before_the_quarantine_is_over(lost: Scene, provider: Provider) -> None:
    lost.deliver(provider)

    assert provider.looked_for == []
    with lost.work(only_reads=True) as work:
        in_quarantine = of_ada(lost).look_at - database_now(work.session)  # type: ignore[operator]
    assert dt.timedelta(seconds=90) < in_quarantine <= lost.settings.quarantine


def test_h31_what_the_list_shows_is_not_sent_again(lost: Scene, provider: Provider) -> None:
    assert provider.has is not None
    provider.has[of_ada(lost).text] = Found("SMshown", Receipt.ACCEPTED)

    look(lost, provider)

    assert (of_ada(lost).state, of_ada(lost).provider_sid) == ("accepted", "SMshown")
    assert (provider.received, lost.tasks) == ([], [])


@pytest.mark.parametrize(
    ("receipt", "tasks"), [(Receipt.DELIVERED, []), (Receipt.UNDELIVERED, ["message:undelivered"])]
)
def test_h33_what_the_list_shows_says_how_far_it_came(
    lost: Scene, provider: Provider, receipt: Receipt, tasks: list[str]
) -> None:
    assert provider.has is not None
    provider.has[of_ada(lost).text] = Found("SMshown", receipt, "30003")

    look(lost, provider)

    assert (of_ada(lost).state, lost.tasks) == (receipt, tasks)


def test_g3_two_empty_looks_lead_to_one_sending_more(lost: Scene, provider: Provider) -> None:
    look(lost, provider)
    assert (of_ada(lost).state, of_ada(lost).empty_looks) == ("uncertain", 1)
    with lost.work(only_reads=True) as work:
        pause = of_ada(lost).look_at - database_now(work.session)  # type: ignore[operator]
    assert pause <= lost.settings.look_again_after

    look(lost, provider)
    lost.deliver(provider)

    assert [text.body for text in provider.received] == [of_ada(lost).text]
    assert (of_ada(lost).state, of_ada(lost).resends) == ("accepted", 1)
    assert lost.tasks == []


def test_g3_a_second_lost_answer_is_for_a_person_and_nobody_gets_a_third_copy(lost: Scene, provider: Provider) -> None:
    provider.answers = [LOST, LOST]
    for hours in range(6):
        look(lost, provider, MORNING + hours * HOUR)
        lost.deliver(provider, MORNING + hours * HOUR)

    assert len(provider.received) == 1  # with the lost one, two copies
    assert (of_ada(lost).state, lost.tasks) == ("needs_human", ["message:uncertain"])


def test_g3_a_copy_that_the_provider_asks_to_wait_for_stays_the_only_one(lost: Scene, provider: Provider) -> None:
    provider.answers = [NotSent("too_many_requests"), LOST]
    for hours in range(6):
        look(lost, provider, MORNING + hours * HOUR)
        lost.deliver(provider, MORNING + hours * HOUR)

    assert len(provider.received) == 2  # the first of them was refused before it was taken
    assert of_ada(lost).state == "needs_human"


def test_h31_the_copy_says_the_same_though_more_fell_due_meanwhile(lost: Scene, provider: Provider) -> None:
    look(lost, provider)
    look(lost, provider)
    before = of_ada(lost).text
    lost.queue(due(WEDNESDAY), due(WEDNESDAY, "tsh/1.2"))

    assert [row.text for row in lost.messages if row.patient_id == lost.patient_id and row.attempts] == [before]


def test_h61_an_empty_look_in_a_list_that_shows_nothing_is_not_believed(lost: Scene, provider: Provider) -> None:
    provider.has = None
    look(lost, provider)
    look(lost, provider)
    lost.deliver(provider)

    assert provider.received == []
    assert (of_ada(lost).state, lost.tasks) == ("needs_human", ["message:uncertain"])
    assert {row.is_shown for row in lost.rows(ListCheckRow)} == {True, False}


def test_h61_the_list_is_proven_once_a_day_though_nothing_is_unclear(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)
    for _ in range(3):
        scene.deliver(provider)
    assert [row.is_shown for row in scene.rows(ListCheckRow)] == [True]

    provider.has = None
    scene.change(ListCheckRow, checked_at=CREATED)
    scene.deliver(provider)

    assert sorted(row.is_shown for row in scene.rows(ListCheckRow)) == [False, True]


def test_h61_a_look_that_failed_is_not_an_empty_one(lost: Scene, provider: Provider) -> None:
    provider.is_away = True
    for _ in range(5):
        look(lost, provider)

    assert (of_ada(lost).state, of_ada(lost).empty_looks) == ("uncertain", 0)
    assert (provider.received, lost.tasks) == ([], [])


def test_h32_what_nobody_could_look_for_until_its_deadline_is_for_a_person(lost: Scene, provider: Provider) -> None:
    provider.is_away = True
    look(lost, provider, MORNING + 9 * HOUR)

    assert (of_ada(lost).state, lost.tasks) == ("needs_human", ["message:uncertain"])


def test_h42_what_is_not_there_is_not_sent_once_it_is_too_late(lost: Scene, provider: Provider) -> None:
    look(lost, provider)
    look(lost, provider, MORNING + 9 * HOUR)
    lost.deliver(provider, MORNING + 9 * HOUR)

    assert (provider.received, of_ada(lost).state) == ([], "needs_human")


def test_h36_no_copy_goes_to_somebody_who_died_meanwhile(lost: Scene, provider: Provider) -> None:
    look(lost, provider)
    look(lost, provider)
    lost.change(PatientRow, died_on=WEDNESDAY)
    lost.deliver(provider)

    assert (provider.received, of_ada(lost).state) == ([], "cancelled")


def test_h35_no_copy_goes_to_somebody_who_opted_out_meanwhile(lost: Scene, provider: Provider) -> None:
    look(lost, provider)
    provider.answers = [NumberRefused("21610", is_opt_out=True)]
    look(lost, provider)
    lost.deliver(provider)

    assert (len(provider.received), of_ada(lost).state) == (1, "failed")
    assert lost.tasks == ["reminder:no_channel"]


def test_h29_a_look_is_taken_by_one_worker_only(lost: Scene) -> None:
    lost.let_looks_fall_due()
    ada = of_ada(lost).id
    with lost.work() as work:
        assert list(due_looks(work)) == [ada]
        first = take_look(work, ada)
    with lost.work() as work:
        assert take_look(work, ada) is None
    assert first is not None

    lost.let_looks_fall_due()  # the first one never came back, or comes too late
    with lost.work() as work:
        second = take_look(work, ada)
    assert second is not None
    with lost.work() as work:
        assert record_look(work, first, NotThere()) == "lost"
    assert of_ada(lost).empty_looks == 0


def test_h33_what_was_accepted_and_never_heard_of_again_is_asked_after_and_then_told(
    scene: Scene, provider: Provider
) -> None:
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)
    with scene.work(only_reads=True) as work:
        waits = scene.message.look_at - database_now(work.session)  # type: ignore[operator]
    assert dt.timedelta(hours=23) < waits <= dt.timedelta(days=1)

    scene.let_looks_fall_due()
    scene.deliver(provider)

    assert provider.looked_for[-1] == scene.message.provider_sid
    assert (scene.message.state, scene.tasks) == ("accepted", ["message:undelivered"])
    assert scene.message.look_at is None  # told once


def test_h33_a_question_that_failed_is_asked_again_before_anybody_is_called(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)
    provider.is_away = True
    scene.let_looks_fall_due()
    scene.deliver(provider, MORNING + 24 * HOUR)
    assert (scene.tasks, scene.message.look_at is None) == ([], False)

    scene.let_looks_fall_due()
    scene.deliver(provider, MORNING + 48 * HOUR)

    assert (scene.tasks, scene.message.look_at) == (["message:undelivered"], None)


@pytest.mark.parametrize(
    ("receipt", "tasks"), [(Receipt.DELIVERED, []), (Receipt.UNDELIVERED, ["message:undelivered"])]
)
def test_h33_asking_brings_the_receipt_that_never_came(
    scene: Scene, provider: Provider, receipt: Receipt, tasks: list[str]
) -> None:
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)
    assert provider.has is not None
    sid = scene.message.provider_sid
    assert sid is not None
    provider.has[scene.message.text] = Found(sid, receipt)

    scene.let_looks_fall_due()
    scene.deliver(provider)

    assert (scene.message.state, scene.tasks) == (receipt, tasks)


def test_it_writes_down_each_look(lost: Scene, provider: Provider) -> None:
    look(lost, provider)
    look(lost, provider)

    with lost.work(only_reads=True) as work:
        noted = Counter(work.session.scalars(select(AuditEntryRow.action)))
    assert (noted["message.look"], noted["message.resend"]) == (2, 1)


def test_h61_an_empty_look_that_nothing_proves_any_more_is_taken_again(lost: Scene, provider: Provider) -> None:
    """The list answered, and a moment later could not be asked for what it must show."""
    lost.let_looks_fall_due()
    lost.change(ListCheckRow, checked_at=CREATED)
    known, ada = provider.find, of_ada(lost).text
    provider.find = lambda sent: known(sent) if sent.body == ada else CannotLook("reset")  # type: ignore[method-assign]

    lost.deliver(provider)

    assert (of_ada(lost).state, of_ada(lost).empty_looks, lost.tasks) == ("uncertain", 0, [])


def test_g3_a_reminder_that_may_have_left_is_said_by_no_other_text(lost: Scene, provider: Provider) -> None:
    look(lost, provider)
    look(lost, provider)
    lost.consent(is_given=False)
    lost.deliver(provider)
    assert (of_ada(lost).state, lost.tasks) == ("suppressed", ["reminder:no_channel"])

    lost.consent(is_given=True)
    lost.queue(due(WEDNESDAY))
    lost.deliver(provider)

    assert provider.received == []
    assert len([row for row in lost.messages if row.patient_id == lost.patient_id]) == 1
