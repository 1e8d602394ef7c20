"""The same request several times at the same moment, and a text that comes while another is being sent (H31, H40)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from monitor.delivery.transport import Sent
from monitor.store.inbound_message import InboundMessageRow
from monitor.store.patient import SmsConsentRow
from tests.delivery.scene import WEDNESDAY, Scene, due
from tests.delivery.scene import Provider as Carrier
from tests.webhooks.provider import Provider, new_sid


def test_the_same_stop_many_times_at_once_is_one_h40(provider: Provider, scene: Scene) -> None:
    sid = new_sid()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: provider.write("STOP", sid=sid), range(12)))

    assert {answer.status_code for answer in answers} == {200}
    assert len(scene.rows(InboundMessageRow)) == 1
    assert [row.is_given for row in sorted(scene.rows(SmsConsentRow), key=lambda row: row.number)] == [True, False]
    assert scene.tasks == ["reminder:no_channel"]


def test_many_texts_at_once_are_all_kept_and_one_task_h46(provider: Provider, scene: Scene) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda number: provider.write(f"texte {number}"), range(12)))

    assert {answer.status_code for answer in answers} == {200}
    assert len(scene.rows(InboundMessageRow)) == 12
    assert scene.tasks == ["message:written"]


def test_receipts_at_once_leave_the_last_word_to_the_final_one_h40(provider: Provider, scene: Scene) -> None:
    scene.queue(due(WEDNESDAY))
    sid = new_sid()
    carrier = Carrier(answers=[Sent(sid)])
    scene.deliver(carrier)
    token = carrier.received[0].callback_token
    statuses = ("queued", "sent", "undelivered", "sending") * 4
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda status: provider.report(token, status, sid=sid), statuses))

    assert {answer.status_code for answer in answers} == {204}
    assert scene.message.state == "undelivered"
    assert scene.tasks == ["message:undelivered"]


def test_a_receipt_that_overtakes_the_answer_settles_the_text_once_h31(provider: Provider, scene: Scene) -> None:
    """The receipt comes while the call still runs: what the call then answers changes nothing."""
    scene.queue(due(WEDNESDAY))
    sid = new_sid()
    carrier = Carrier(answers=[Sent(sid)])
    carrier.meanwhile = lambda: provider.report(carrier.received[-1].callback_token, "delivered", sid=sid)
    scene.deliver(carrier)
    scene.deliver(carrier)

    assert (scene.message.state, scene.message.provider_sid) == ("delivered", sid)
    assert len(carrier.received) == 1
