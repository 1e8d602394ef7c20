"""Only what the provider signed for the public address comes in; all else is turned away without a word (H40)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import logging

import pytest

from monitor.app import create_app
from monitor.catalog import Catalog
from monitor.settings import Settings, WrongSetting
from monitor.store.inbound_message import InboundMessageRow
from monitor.store.patient import SmsConsentRow
from tests.client import Client
from tests.delivery.scene import MORNING, PHONE, Scene
from tests.webhooks.conftest import Clock
from tests.webhooks.provider import FORM, PUBLIC, TOKEN, Provider, new_sid

STOP = {"MessageSid": new_sid(), "From": PHONE, "Body": "STOP"}
INBOUND = "/twilio/inbound"


def test_it_takes_what_is_signed_for_the_public_address_h40(provider: Provider, scene: Scene) -> None:
    assert provider.post(INBOUND, STOP).status_code == 200
    assert [row.text for row in scene.rows(InboundMessageRow)] == ["STOP"]


@pytest.mark.parametrize(
    ("signed_as", "token"),
    (
        (f"{PUBLIC}{INBOUND}", "another"),
        (f"{PUBLIC}{INBOUND}?x=1", TOKEN),
        (f"http://10.0.0.7:8000/sms{INBOUND}", TOKEN),
        (f"{PUBLIC}/twilio/status/{'a' * 43}", TOKEN),
    ),
    ids=("other-secret", "other-query", "as-the-proxy-sees-it", "other-path"),
)
def test_a_forged_text_changes_nothing_h40(provider: Provider, scene: Scene, signed_as: str, token: str) -> None:
    answer = provider.post(INBOUND, STOP, signed_as=signed_as, token=token)

    assert (answer.status_code, answer.data) == (403, b"")
    assert scene.rows(InboundMessageRow) == []
    assert [row.is_given for row in scene.rows(SmsConsentRow)] == [True]


BODIES: tuple[tuple[str | bytes, str], ...] = (
    ("MessageSid=SM0&Body=STOP", FORM),
    ("", FORM),
    ("%ff%fe=%ff&Body=%ed%a0%80&a=1&a=2&a=1", FORM),
    (b"\xff\xfe\x00Body=\x00", FORM),
    ('{"Body": "STOP"}', "application/json"),
    ("--x\r\nbroken", "multipart/form-data; boundary=x"),
    ("Body=STOP", "application/x-www-form-urlencoded; charset=utf-16"),
)
PATHS = (INBOUND, f"/twilio/status/{'a' * 43}", "/twilio/status/%00%ff", "/twilio/status/é", f"{INBOUND}?a=%ff&[")


def test_nonsense_is_answered_without_a_reason_h40(provider: Provider) -> None:
    tried = itertools.product(PATHS, BODIES, ("", "x", "é\xff", "A" * 9000))
    answers = [provider.send(path, body, signature, content_type=kind) for path, (body, kind), signature in tried]

    assert {(answer.status_code, answer.data) for answer in answers} == {(403, b"")}


def test_a_signed_request_that_names_nothing_is_refused_quietly(provider: Provider, scene: Scene) -> None:
    assert provider.post(INBOUND, {"Body": "STOP", "From": PHONE}).status_code == 400
    assert provider.post(INBOUND, {**STOP, "MessageSid": "SM\x00'"}).status_code == 400
    assert provider.post(f"/twilio/status/{'a' * 43}", {"MessageSid": new_sid()}).status_code == 400
    assert provider.report("a" * 43, "delivered", sid=new_sid()).status_code == 404
    assert provider.report("a-b", "delivered", sid=new_sid()).status_code == 404
    assert scene.rows(InboundMessageRow) == []


def test_a_huge_body_another_method_and_no_token_are_refused_before_anything_is_read(provider: Provider) -> None:
    assert provider.send(INBOUND, "Body=" + "x" * 70_000, "x").status_code == 413
    assert provider.client.get(f"/sms{INBOUND}").status_code == 405
    assert provider.send("/twilio/status/", "", "x").status_code == 404


def test_forged_requests_are_counted_in_the_log_which_they_cannot_fill_h40(
    provider: Provider, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for seconds in (0, *range(30), 61):
            clock.at = MORNING + dt.timedelta(seconds=seconds)
            provider.post(INBOUND, STOP, token="another")

    said = [record.getMessage() for record in caplog.records if record.name == "monitor.webhooks.signed"]
    assert [line.rpartition(": ")[2] for line in said] == ["1", "31"]
    assert PHONE not in "".join(said)


def test_without_a_public_address_there_is_no_such_door(settings: Settings, catalog: Catalog) -> None:
    client = Client(create_app(settings, catalog=catalog))

    assert client.post("/sms/twilio/inbound", data="", content_type=FORM, key=None).status_code == 404


def test_it_does_not_start_where_it_could_prove_or_answer_nothing(scene: Scene, catalog: Catalog) -> None:
    without = {
        "twilio_auth_token": dataclasses.replace(scene.settings, twilio_auth_token=None),
        "public_telephone": dataclasses.replace(scene.settings, public_telephone=None),
        "public_page_url": dataclasses.replace(scene.settings, public_page_url=None),
        "answer_language": dataclasses.replace(scene.settings, answer_language="tlh"),
        "country": dataclasses.replace(scene.settings, country="DE"),
    }
    for missing, settings in without.items():
        with pytest.raises(WrongSetting) as refused:
            create_app(settings, catalog=catalog)
        assert refused.value.name == missing
