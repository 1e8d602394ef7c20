"""The official client looks into the provider's list, and what it finds there means what it says (H31, H33, H61)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest

from monitor.delivery.transport import CannotLook, Found, NotThere, Receipt, SentText
from tests.delivery import stand_in as provider_answers
from tests.delivery.stand_in import (
    ACCOUNT,
    SID,
    Answer,
    StandIn,
    closed_port,
    listing,
    message,
    page,
    refused,
    stand_in,
)
from tests.delivery.test_twilio import BODY, PHONE, TEXT, transport

SENT = SentText(to=PHONE, body=BODY, since=dt.datetime(2026, 4, 15, 7, 59, tzinfo=dt.UTC))
OURS = message(BODY, PHONE, status="sent")
OTHER = message("Rappel: autre chose.", PHONE, sid="SM" + "c" * 32)
SENT_ON_LATE = message("Rappel: d'avant.", PHONE, date_created="Wed, 15 Apr 2026 03:00:00 +0000")
BEFORE = message(BODY, PHONE, sid="SM" + "d" * 32, date_created="Tue, 14 Apr 2026 08:00:00 +0000")


@pytest.fixture
def provider() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running
        assert running.wrong == []


def test_it_asks_by_number_alone_since_what_was_never_sent_on_has_no_date_h31(provider: StandIn) -> None:
    provider.answer = listing(OURS)
    transport(provider.address).find(SENT)

    assert provider.paths == [f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"]
    assert [set(query) for query in provider.queries] == [{"To", "PageSize"}]
    assert provider.queries[0]["To"] == PHONE


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ([OURS], Found(SID, Receipt.ACCEPTED)),
        ([OTHER, OTHER, OTHER, OTHER, OURS], Found(SID, Receipt.ACCEPTED)),  # on the third page
        ([], NotThere()),
        ([OTHER, OTHER, OTHER], NotThere()),
        ([OTHER, BEFORE], NotThere()),  # the same words, but of another day
        ([SENT_ON_LATE, OTHER, OURS], Found(SID, Receipt.ACCEPTED)),  # in the order in which they were sent on
        ([message(BODY, PHONE, direction="inbound")], NotThere()),
        ([message(BODY + " ", PHONE)], NotThere()),
        ([message("", PHONE)], NotThere()),  # wiped: the canary tells that this says nothing
    ],
)
def test_it_finds_the_exact_words_on_whatever_page_h31(
    provider: StandIn, listed: list[dict[str, object]], found: Found | NotThere
) -> None:
    provider.answer = listing(*listed)

    assert transport(provider.address).find(SENT) == found


def test_it_reads_no_further_back_than_the_attempt(provider: StandIn) -> None:
    provider.answer = listing(OTHER, BEFORE, *[OTHER] * 20)
    transport(provider.address).find(SENT)

    assert len(provider.paths) == 1


@pytest.mark.parametrize(
    ("status", "receipt"),
    [
        ("accepted", Receipt.ACCEPTED), ("queued", Receipt.ACCEPTED), ("sending", Receipt.ACCEPTED),
        ("sent", Receipt.ACCEPTED), ("scheduled", Receipt.ACCEPTED), ("delivered", Receipt.DELIVERED),
        ("read", Receipt.DELIVERED), ("partially_delivered", Receipt.DELIVERED),
        ("undelivered", Receipt.UNDELIVERED), ("failed", Receipt.UNDELIVERED), ("canceled", Receipt.UNDELIVERED),
    ],
)  # fmt: skip
def test_it_reads_how_far_a_message_came_h33(provider: StandIn, status: str, receipt: Receipt) -> None:
    provider.answer = lambda _: provider_answers.answer(200, message(BODY, PHONE, status=status, error_code=30005))

    assert transport(provider.address).receipt(SID) == Found(SID, receipt, "30005")
    assert provider.paths == [f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{SID}.json"]


def test_a_status_that_nobody_foresaw_is_no_delivery_h33(provider: StandIn) -> None:
    provider.answer = lambda _: provider_answers.answer(200, message(BODY, PHONE, status="teleported"))

    assert transport(provider.address).receipt(SID) == Found(SID, Receipt.ACCEPTED)
    provider.wrong.clear()  # it is in no description


@pytest.mark.parametrize(
    "answer",
    [
        refused(429, 20429),
        refused(500, 20500),
        refused(401, 20003),
        refused(404, 20404),
        page(502),
        page(200),
        lambda _: provider_answers.answer(200, []),
        lambda _: provider_answers.answer(200, {"messages": "none"}),
        lambda _: provider_answers.answer(307, {}, Location="http://127.0.0.1:9/"),
        provider_answers.reset,
        listing(*[message("x" * 1500, PHONE)] * 60, a_page=60),
    ],
)
def test_h61_whatever_cannot_be_read_is_no_empty_list(provider: StandIn, answer: Answer) -> None:
    provider.answer = answer
    looked = transport(provider.address).find(SENT)
    asked = transport(provider.address).receipt(SID)
    provider.wrong.clear()  # these answers are wrong on purpose

    assert isinstance(looked, CannotLook)
    assert isinstance(asked, CannotLook)


def test_h61_a_list_of_which_a_later_page_is_missing_is_not_empty(provider: StandIn) -> None:
    whole = listing(OTHER, OTHER, OTHER, OURS)
    provider.answer = lambda request: page(502)(request) if request.args.get("Page") == "1" else whole(request)

    assert isinstance(transport(provider.address).find(SENT), CannotLook)


def test_h61_nobody_there_is_no_empty_list() -> None:
    assert isinstance(transport(f"http://127.0.0.1:{closed_port()}").find(SENT), CannotLook)


def test_h40_it_asks_for_receipts_under_the_token_of_the_attempt(provider: StandIn) -> None:
    transport(provider.address, webhook_url="https://suivi.example/hooks/").send(TEXT)

    assert provider.forms[0]["StatusCallback"] == f"https://suivi.example/hooks/twilio/status/{TEXT.callback_token}"
    assert TEXT.token not in provider.forms[0]["StatusCallback"]


def test_h42_it_lets_no_text_outlive_the_rest_of_its_window(provider: StandIn) -> None:
    for seconds, told in ((59.9, "59"), (0.2, "1"), (10**6, "36000")):
        provider.forms.clear()
        transport(provider.address).send(dataclasses.replace(TEXT, valid_for=dt.timedelta(seconds=seconds)))
        assert provider.forms[0]["ValidityPeriod"] == told
