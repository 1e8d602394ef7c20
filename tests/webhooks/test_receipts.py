"""Receipts: any number of times, in any order, from anybody; a message only ever comes further (H33, H40)."""

from __future__ import annotations

import itertools

import pytest

from monitor.delivery.receipts import record_receipt
from monitor.delivery.transport import Found, Receipt, Sent, Unknown
from tests.delivery.scene import MORNING, WEDNESDAY, Scene, due
from tests.delivery.scene import Provider as Carrier
from tests.webhooks.provider import Provider, new_sid

ORDERS = list(itertools.permutations(("queued", "sent", "delivered")))


@pytest.fixture
def sid() -> str:
    return new_sid()


@pytest.fixture
def token(scene: Scene, sid: str) -> str:
    """The token of a text that the provider accepted."""
    scene.queue(due(WEDNESDAY))
    carrier = Carrier(answers=[Sent(sid)])
    scene.deliver(carrier)
    return carrier.received[0].callback_token


def test_receipts_come_in_any_order_and_again_h40(provider: Provider, scene: Scene, token: str, sid: str) -> None:
    order = ORDERS[sum(sid.encode()) % len(ORDERS)]
    for status in (*order, *reversed(order), *order):
        assert provider.report(token, status, sid=sid).status_code == 204

    assert scene.message.state == "delivered"
    assert scene.tasks == []


@pytest.mark.parametrize("later", ("sent", "undelivered", "failed", "something_new"))
def test_what_arrived_stays_arrived_h40(provider: Provider, scene: Scene, token: str, sid: str, later: str) -> None:
    provider.report(token, "delivered", sid=sid)
    provider.report(token, later, sid=sid, ErrorCode="30003")

    assert scene.message.state == "delivered"
    assert scene.message.error_code is None


def test_a_text_that_did_not_arrive_calls_a_nurse_once_h33(
    provider: Provider, scene: Scene, token: str, sid: str
) -> None:
    for _ in range(3):
        provider.report(token, "undelivered", sid=sid, ErrorCode="30003")

    assert (scene.message.state, scene.message.error_code) == ("undelivered", "30003")
    assert scene.tasks == ["message:undelivered"]


def test_a_receipt_settles_what_nobody_knew_about_h31(provider: Provider, scene: Scene, sid: str) -> None:
    """Its answer was lost, so nobody knew the id: who knows the token of the attempt knows the text."""
    scene.queue(due(WEDNESDAY))
    carrier = Carrier(answers=[Unknown("ReadTimeout")])
    scene.deliver(carrier)
    assert scene.message.state == "uncertain"

    provider.report(carrier.received[0].callback_token, "sent", sid=sid)

    assert (scene.message.state, scene.message.provider_sid) == ("accepted", sid)
    assert [row.provider_sid for row in scene.attempts] == [sid]
    scene.deliver(carrier, MORNING)
    assert len(carrier.received) == 1


def test_a_receipt_for_what_the_list_showed_already_names_the_attempt_h31(
    provider: Provider, scene: Scene, sid: str
) -> None:
    """A look found the text before its first receipt came: nothing changes but that the attempt gets its id."""
    scene.queue(due(WEDNESDAY))
    carrier = Carrier(answers=[Unknown("ReadTimeout")])
    scene.deliver(carrier)
    message_id = scene.message.id
    with scene.work() as work:
        record_receipt(work, message_id, Found(sid, Receipt.ACCEPTED))

    assert provider.report(carrier.received[0].callback_token, "sent", sid=sid).status_code == 204
    assert [row.provider_sid for row in scene.attempts] == [sid]
    assert scene.message.state == "accepted"


def test_another_text_under_the_same_token_is_nobodys_h40(
    provider: Provider, scene: Scene, token: str, sid: str
) -> None:
    assert provider.report(token, "undelivered", sid=new_sid(), ErrorCode="30005").status_code == 204

    assert (scene.message.state, scene.message.provider_sid) == ("accepted", sid)
    assert scene.tasks == []


def test_the_token_of_another_attempt_opens_nothing_h40(provider: Provider, scene: Scene, token: str, sid: str) -> None:
    assert provider.report(token[:-1] + "_", "delivered", sid=sid).status_code == 404
    assert provider.report(scene.attempts[0].token, "delivered", sid=sid).status_code == 404

    assert scene.message.state == "accepted"


def test_a_code_that_is_none_is_not_kept(provider: Provider, scene: Scene, token: str, sid: str) -> None:
    provider.report(token, "undelivered", sid=sid, ErrorCode="<script>")

    assert (scene.message.state, scene.message.error_code) == ("undelivered", None)
