"""The official client against the provider's own description, and what each of its answers means (H30 to H44, H60)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.delivery.choose import transport_for
from monitor.delivery.console import ConsoleTransport
from monitor.delivery.transport import (
    AccountRefused,
    NotSent,
    NumberRefused,
    Outcome,
    OutgoingText,
    Sent,
    Transport,
    Unknown,
)
from monitor.delivery.twilio_client import Refused, make_client
from monitor.settings import Environment, Settings, TransportName, WrongSetting
from tests.delivery import stand_in as provider_answers
from tests.delivery.stand_in import ACCOUNT, SID, Answer, StandIn, closed_port, page, refused, stand_in
from tests.provider.description import DESCRIPTION

PHONE = "+33639980001"
BODY = "Rappel: quelque chose est prévu le 15/04."
TEXT = OutgoingText(to=PHONE, body=BODY, token="t" * 43, callback_token="c" * 43, valid_for=dt.timedelta(hours=2))
SHORT = dt.timedelta(seconds=1)
SETTINGS = Settings(
    environment=Environment.TEST,
    transport=TransportName.TWILIO,
    twilio_account_sid=ACCOUNT,
    twilio_auth_token="not a secret",
    twilio_from="+33639980099",
    recipients_allowed=(PHONE,),
    public_page_url="https://suivi.example/p",
    connect_timeout=SHORT,
    read_timeout=SHORT,
)


@pytest.fixture
def provider() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running
        assert running.wrong == []


def transport(address: str, **changes: Any) -> Transport:
    made = transport_for(dataclasses.replace(SETTINGS, twilio_base_url=address, **changes))
    assert made is not None
    return made


def send(provider: StandIn, **changes: Any) -> Outcome:
    return transport(provider.address, **changes).send(TEXT)


def test_it_asks_what_the_description_allows_and_reads_the_sid_h42(provider: StandIn) -> None:
    assert send(provider) == Sent(SID)
    assert provider.paths == [f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"]
    assert provider.forms == [{"To": PHONE, "From": "+33639980099", "Body": BODY, "ValidityPeriod": "7200"}]


def test_it_sends_through_a_messaging_service(provider: StandIn) -> None:
    service = "MG" + "c" * 32
    send(provider, twilio_messaging_service_sid=service)

    assert provider.forms[0]["MessagingServiceSid"] == service
    assert "From" not in provider.forms[0]


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (refused(429, 20429), NotSent("too_many_requests")),
        (refused(429, 20429, **{"Retry-After": "17"}), NotSent("too_many_requests", dt.timedelta(seconds=17))),
        (refused(429, 20429, **{"Retry-After": "9" * 5000}), NotSent("too_many_requests", dt.timedelta(days=1))),
        (refused(429, 20429, **{"Retry-After": "-5"}), NotSent("too_many_requests")),
        (refused(429, 20429, **{"Retry-After": "soon"}), NotSent("too_many_requests")),
        (
            refused(429, 20429, **{"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}),
            NotSent("too_many_requests", dt.timedelta(days=1)),
        ),
        (refused(400, 21610), NumberRefused("21610", is_opt_out=True)),
        (refused(400, 21211), NumberRefused("21211")),
        (refused(400, 21614), NumberRefused("21614")),
        (refused(403, 21408), NumberRefused("21408")),
        (refused(401, 20003), AccountRefused("20003")),
        (refused(402, 20000), AccountRefused("20000")),
        (refused(403, 20005), AccountRefused("20005")),
        (refused(404, 20404), AccountRefused("20404")),
        (refused(400, 21606), AccountRefused("21606")),
        (page(403), AccountRefused("403")),
        (refused(400, 99999), Unknown("99999")),
        (refused(408, 20408), Unknown("20408")),
        (refused(500, 20500), Unknown("20500")),
        (refused(503, 20503), Unknown("20503")),
        (refused(500, 21610), Unknown("21610")),
        (page(502), Unknown("502")),
        (lambda _: provider_answers.answer(400, {"code": ["21211"]}), Unknown("400")),
        (lambda _: provider_answers.answer(400, {"code": "+33639980001\x00"}), Unknown("400")),
        (lambda _: provider_answers.answer(401, []), AccountRefused("401")),
        (page(201), Unknown("unreadable_answer")),
        (page(200), Unknown("unreadable_answer")),
        (lambda _: provider_answers.answer(201, []), Unknown("unreadable_answer")),
        (provider_answers.slow(1.5), Unknown("ReadTimeout")),
        (provider_answers.reset, Unknown("connection_lost")),
    ],
)
def test_it_calls_unknown_whatever_is_not_certain_h30_h31_h35_h44(
    provider: StandIn, answer: Answer, meaning: Outcome
) -> None:
    provider.answer = answer
    outcome = send(provider)
    provider.wrong.clear()  # these answers are wrong on purpose

    assert outcome == meaning
    assert len(provider.paths) == 1  # no retry of the library


def test_it_takes_an_answer_without_sid_for_unknown_h31(provider: StandIn) -> None:
    provider.answer = lambda _: provider_answers.answer(201, {"status": "queued"})
    assert send(provider) == Unknown("no_sid")


@pytest.mark.parametrize("sid", ["SM\x00x", "SM\ud800x", "SM" + "b" * 5000, "XX" + "b" * 32, "SM" + "b" * 31, 7, ""])
def test_it_takes_what_is_no_sid_for_unknown_h31(provider: StandIn, sid: object) -> None:
    provider.answer = lambda _: provider_answers.answer(201, {"sid": sid, "status": "queued"})
    outcome = send(provider)
    provider.wrong.clear()  # the answer is wrong on purpose

    assert outcome == Unknown("no_sid")


def test_it_follows_no_redirect_h31(provider: StandIn) -> None:
    with stand_in() as elsewhere:
        provider.answer = lambda _: provider_answers.answer(307, {}, Location=f"{elsewhere.address}/taken")

        assert send(provider) == Unknown("307")
        assert elsewhere.paths == []


def test_it_knows_that_nothing_left_when_nobody_listens_h32() -> None:
    assert transport(f"http://127.0.0.1:{closed_port()}").send(TEXT) == NotSent("no_connection")


def test_it_knows_that_nothing_left_when_the_name_leads_nowhere_h32() -> None:
    nowhere = transport("https://nowhere.invalid")

    assert nowhere.send(TEXT) == NotSent("no_connection")


def test_it_looks_at_no_proxy_of_the_environment_h60(provider: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("TWILIO_EDGE", "dublin")
    monkeypatch.setenv("TWILIO_REGION", "ie1")

    assert send(provider) == Sent(SID)


def test_it_writes_nothing_personal_into_any_log_h64(provider: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send(provider)
        provider.answer = refused(400, 21211)
        send(provider)
        provider.answer = page(201)
        send(provider)
    ConsoleTransport().send(TEXT)

    assert PHONE not in caplog.text
    assert "639980001" not in caplog.text
    assert "Rappel" not in caplog.text
    assert PHONE not in repr(TEXT)
    assert "Rappel" not in repr(TEXT)


def test_it_logs_no_number_of_a_list_it_asks_for_h64(provider: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    client = make_client(
        account_sid=ACCOUNT,
        auth_token="not a secret",
        base_url=provider.address,
        connect_timeout=SHORT,
        read_timeout=SHORT,
    )
    provider.answer = page(502)
    with caplog.at_level(logging.DEBUG), pytest.raises(Refused):
        client.messages.list(to=PHONE, limit=1)

    ours = [record.getMessage() for record in caplog.records if record.name != "werkzeug"]  # the stand-in's own log
    assert [line for line in ours if "639980001" in line] == []


def test_it_writes_to_nobody_else_outside_production_h60(provider: StandIn) -> None:
    assert send(provider, recipients_allowed=()) == NumberRefused("not_allowed_here")
    assert provider.paths == []


def test_it_writes_to_everybody_in_production_h60() -> None:
    allowed_anyone = transport("https://nowhere.invalid", environment=Environment.PRODUCTION, recipients_allowed=())

    assert allowed_anyone.send(TEXT) == NotSent("no_connection")


@pytest.mark.parametrize("missing", ["twilio_account_sid", "twilio_auth_token", "twilio_from"])
def test_it_refuses_to_start_without_its_credentials_h60(missing: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        transport("https://api.twilio.com", **{missing: None})

    assert refusal.value.name == missing


@pytest.mark.parametrize("address", [None, "https://neurologie.example", "https://suivi.example/ça"])
def test_it_refuses_to_start_with_a_page_that_no_text_may_name_h38_h43(address: str | None) -> None:
    with pytest.raises(WrongSetting) as refusal:
        transport("https://api.twilio.com", public_page_url=address)

    assert refusal.value.name == "public_page_url"
    assert "neurologie" not in refusal.value.reason


def test_it_sends_nothing_where_no_transport_was_chosen_h60() -> None:
    assert transport_for(dataclasses.replace(SETTINGS, transport=None)) is None


def test_it_promises_no_longer_call_than_its_time_outs_h30() -> None:
    assert transport("https://api.twilio.com").longest_call == 2 * SHORT


def test_it_keeps_the_provider_s_description_with_its_licence() -> None:
    folder = Path(DESCRIPTION).parent

    assert "Permission is hereby granted" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert "d50069b44ea8cd23141385bdb6db48f16ff75bb5" in (folder / "README.md").read_text(encoding="utf-8")
