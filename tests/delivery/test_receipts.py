"""What a receipt makes of a message: forward only, whatever the order and however often it comes (H33, H40)."""

from __future__ import annotations

import itertools
import uuid

import pytest

from monitor.delivery.receipts import attempt_of, record_receipt
from monitor.delivery.transport import Found, NotSent, Receipt, Unknown
from monitor.store.alert import AlertRow
from monitor.store.message import MessageRow, MessageState
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.site import SiteRow
from monitor.store.treatment import TreatmentRow
from tests.delivery.scene import CREATED, WEDNESDAY, Provider, Scene, due

ANYTHING = [Found("SM1", receipt) for receipt in Receipt]


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def sent(scene: Scene, provider: Provider) -> Scene:
    scene.queue(due(WEDNESDAY))
    scene.deliver(provider)
    return scene


def hear(scene: Scene, provider: Provider, found: Found) -> str:
    """As it comes from outside: under the token of the attempt, and nothing else."""
    with scene.work() as work:
        known = attempt_of(work, provider.received[-1].callback_token)
        assert known is not None
        attempt_id, message_id = known
        return record_receipt(work, message_id, found, attempt_id=attempt_id)


@pytest.mark.parametrize("order", list(itertools.permutations(ANYTHING)))
def test_h40_in_any_order_the_first_final_word_stays(sent: Scene, provider: Provider, order: list[Found]) -> None:
    final = next(found.receipt for found in order if found.receipt is not Receipt.ACCEPTED)

    for found in [*order, *order]:
        hear(sent, provider, found)

    assert sent.message.state == final
    assert sent.message.look_at is None
    assert sent.tasks == (["message:undelivered"] if final is Receipt.UNDELIVERED else [])


def test_h31_a_receipt_settles_what_is_uncertain_at_once(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))
    provider.answers = [Unknown("ReadTimeout")]
    scene.deliver(provider)

    hear(scene, provider, Found("SMit", Receipt.DELIVERED))

    assert (scene.message.state, scene.message.provider_sid) == ("delivered", "SMit")
    assert [(row.outcome, row.provider_sid) for row in scene.attempts] == [("accepted", "SMit")]


def test_h31_a_receipt_that_comes_before_the_answer_is_not_undone_by_it(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))
    provider.meanwhile = lambda: hear(scene, provider, Found("SMit", Receipt.DELIVERED))
    provider.answers = [Unknown("ReadTimeout")]

    assert scene.deliver(provider).counts == {"lost": 1}
    assert scene.message.state == "delivered"
    assert [row.ended_at is None for row in scene.attempts] == [False]


def test_g3_a_receipt_of_the_first_copy_keeps_the_second_from_leaving(scene: Scene, provider: Provider) -> None:
    scene.neighbour().queue(due(WEDNESDAY))
    scene.deliver(provider)
    scene.queue(due(WEDNESDAY))
    provider.answers = [Unknown("ReadTimeout")]
    scene.deliver(provider)
    for _ in range(2):
        scene.let_looks_fall_due()
        with_one_look = scene.deliver(provider).counts
    assert with_one_look == {"pending": 1}
    copies = len(provider.received)

    hear(scene, provider, Found("SMit", Receipt.ACCEPTED))
    scene.deliver(provider)

    assert len(provider.received) == copies


def test_an_attempt_whose_answer_came_too_late_has_ended_all_the_same(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))
    provider.meanwhile = lambda: scene.change(MessageRow, attempt_token="x" * 43)
    provider.answers = [NotSent("too_many_requests")]

    scene.deliver(provider)

    assert [(row.outcome, row.ended_at is None) for row in scene.attempts] == [("not_sent", False)]


def test_a_receipt_settles_what_was_handed_to_a_person(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))
    provider.answers, provider.has = [Unknown("ReadTimeout")], None
    scene.deliver(provider)
    for _ in range(2):
        scene.let_looks_fall_due()
        scene.deliver(provider)
    assert scene.message.state == "needs_human"

    hear(scene, provider, Found("SMit", Receipt.DELIVERED))

    assert scene.message.state == "delivered"


def test_h36_a_receipt_brings_nothing_back_that_was_ended(scene: Scene, provider: Provider) -> None:
    scene.queue(due(WEDNESDAY))
    scene.change(PatientRow, died_on=CREATED.date())
    scene.deliver(provider)
    assert scene.message.state == "cancelled"

    ended = scene.message.id
    with scene.work() as work:
        assert record_receipt(work, ended, Found("SMx", Receipt.DELIVERED)) == MessageState.CANCELLED
    assert scene.message.state == "cancelled"


def test_h40_a_token_that_is_none_leads_nowhere(sent: Scene, provider: Provider) -> None:
    with sent.work(only_reads=True) as work:
        assert attempt_of(work, provider.received[-1].token) is None  # the token of the outcome is another one
        assert attempt_of(work, "") is None


def test_h35_an_opt_out_that_comes_with_the_receipt_withdraws_the_consent(sent: Scene, provider: Provider) -> None:
    hear(sent, provider, Found("SM1", Receipt.UNDELIVERED, "21610"))

    assert max(sent.rows(SmsConsentRow), key=lambda row: row.number).is_given is False
    assert sent.tasks == ["reminder:no_channel"]


def test_h50_the_task_of_a_text_stands_where_the_patient_is_now(sent: Scene, provider: Provider) -> None:
    south = uuid.uuid4()
    sent.add(SiteRow(id=south, name="Sud", country="FR", timezone="Europe/Paris", created_at=CREATED))
    sent.change(TreatmentRow, site_id=south)

    hear(sent, provider, Found("SM1", Receipt.UNDELIVERED, "30008"))

    assert [row.site_id for row in sent.rows(AlertRow)] == [south]
