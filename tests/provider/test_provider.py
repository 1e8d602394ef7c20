"""The stand-in does what its plan says, by the provider's own description, and its ledger holds every copy."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.clock import now
from monitor.delivery.transport import (
    AccountRefused,
    CannotLook,
    Found,
    NotSent,
    NotThere,
    NumberRefused,
    Outcome,
    OutgoingText,
    Receipt,
    Sent,
    SentText,
    Unknown,
)
from monitor.delivery.twilio import TwilioTransport
from monitor.delivery.twilio_client import make_client
from tests.delivery.stand_in import ACCOUNT
from tests.provider.callbacks import receipts_of
from tests.provider.faults import ACCEPTS, Fault, ListFault, Plan
from tests.provider.ledger import read_ledger
from tests.provider.provider import TOKEN, Provider
from tests.provider.running import provider, provider_process

NUMBERS = tuple(f"+3363998{number:04}" for number in range(60))
MEANS: dict[Fault | None, Outcome] = {
    None: Sent(""),
    Fault.TOO_MANY: NotSent("too_many_requests"),
    Fault.TOO_MANY_FOR_A_WHILE: NotSent("too_many_requests", dt.timedelta(seconds=1)),
    Fault.NUMBER_REFUSED: NumberRefused(""),
    Fault.OPTED_OUT: NumberRefused("21610", is_opt_out=True),
    Fault.ACCOUNT_REFUSED: AccountRefused(""),
    Fault.REFUSED_STRANGELY: Unknown("29999"),
    Fault.ERROR_BEFORE: Unknown("20500"),
    Fault.ERROR_AFTER: Unknown("20500"),
    Fault.RESET_BEFORE: Unknown("connection_lost"),
    Fault.RESET_AFTER: Unknown("connection_lost"),
    Fault.TIME_OUT_BEFORE: Unknown("ReadTimeout"),
    Fault.TIME_OUT_AFTER: Unknown("ReadTimeout"),
    Fault.LATE: Unknown("20500"),
    Fault.UNREADABLE: Unknown("unreadable_answer"),
}


def carrier(address: str) -> TwilioTransport:
    waits = {"connect_timeout": dt.timedelta(seconds=1), "read_timeout": dt.timedelta(seconds=0.5)}
    client = make_client(account_sid=ACCOUNT, auth_token=TOKEN, base_url=address, **waits)
    return TwilioTransport(client, sender="+33639980999", longest_call=dt.timedelta(seconds=2))


def text(to: str) -> OutgoingText:
    return OutgoingText(to=to, body="Suivi: rappel. Ref 7KQ", token="t", callback_token="c", valid_for=dt.timedelta(1))


def sent(to: str) -> SentText:
    return SentText(to=to, body="Suivi: rappel. Ref 7KQ", since=now() - dt.timedelta(minutes=10))


def kind_of(outcome: Outcome) -> Outcome:
    """Without what the dice chose."""
    if isinstance(outcome, Sent):
        return Sent("")
    if isinstance(outcome, NumberRefused) and not outcome.is_opt_out:
        return NumberRefused("")
    return AccountRefused("") if isinstance(outcome, AccountRefused) else outcome


@pytest.mark.parametrize("fault", [fault for fault in MEANS if fault is not None])
def test_each_fault_is_met_as_planned_and_leaves_a_copy_only_where_it_should(fault: Fault) -> None:
    with provider(Plan(share=1, only=(fault,), hangs_for=2)) as stand:
        outcome = carrier(stand.address).send(text(NUMBERS[0]))

    assert kind_of(outcome) == MEANS[fault]
    assert len(stand.ledger.accepted) == int(fault in ACCEPTS)
    assert stand.ledger.faults() == Counter({fault: 1})
    assert stand.wrong == []


def test_the_same_seed_does_the_same_to_each_number_whatever_the_order() -> None:
    plan = Plan(seed=5, share=0.3, hangs_for=1)
    outcomes = []
    for numbers in (NUMBERS, NUMBERS[::-1]):
        with provider(plan) as stand:
            told = {to: kind_of(carrier(stand.address).send(text(to))) for to in numbers}
        assert stand.wrong == []
        outcomes.append((told, stand.ledger.copies(), {entry.sid for entry in stand.ledger.accepted}))

    assert outcomes[0] == outcomes[1]
    told, copies, _ = outcomes[0]
    assert told == {to: MEANS[plan.fault(to, 1)] for to in NUMBERS}
    assert 0 < sum(not isinstance(one, Sent) for one in told.values()) < len(NUMBERS) / 2
    assert set(copies.values()) == {1}


def test_what_was_accepted_is_listed_on_pages_and_fetched() -> None:
    with provider(Plan(arrives_after=0)) as stand:
        mine = carrier(stand.address)
        other = OutgoingText(to=NUMBERS[0], body="autre", token="t", callback_token="c", valid_for=dt.timedelta(1))
        first = mine.send(text(NUMBERS[0]))
        for _ in range(45):  # the client asks for twenty a page
            mine.send(other)
        assert isinstance(first, Sent)

        assert mine.find(sent(NUMBERS[0])) == Found(first.sid, Receipt.DELIVERED)
        assert mine.find(sent(NUMBERS[1])) == NotThere()
        assert mine.receipt(first.sid) == Found(first.sid, Receipt.DELIVERED)
        assert isinstance(mine.receipt("SM" + "0" * 32), CannotLook)

    assert [len(look.shown) for look in stand.ledger.listed] == [46, 0]
    assert stand.wrong == []


def hidden(stand: Provider) -> object:
    return carrier(stand.address).find(sent(NUMBERS[0]))


@pytest.mark.parametrize(
    ("plan", "is_blind"),
    [
        (Plan(share=1, only=(Fault.LATE,)), False),
        (Plan(blind_every=100, blind_lasts=100), True),
    ],
)
def test_what_is_accepted_late_and_a_blind_list_show_nothing_h61(plan: Plan, is_blind: bool) -> None:  # noqa: FBT001
    with provider(plan) as stand:
        carrier(stand.address).send(text(NUMBERS[0]))

        assert hidden(stand) == NotThere()
    assert [(look.shown, look.is_blind) for look in stand.ledger.listed] == [((), is_blind)]
    assert len(stand.ledger.accepted) == 1


@pytest.mark.parametrize(
    "broken",
    [
        lambda plan: any(plan.list_fault(NUMBERS[0], nth) is ListFault.RESET for nth in (1,)),
        lambda plan: any(plan.list_fault(NUMBERS[0], nth) is ListFault.ERROR for nth in (1,)),
        lambda plan: any(plan.list_fault(NUMBERS[0], nth) is ListFault.TOO_MANY for nth in (1,)),
        lambda plan: any(plan.list_fault(NUMBERS[0], nth) is ListFault.TIME_OUT for nth in (1,)),
    ],
)
def test_a_list_that_fails_is_no_empty_list(broken: Callable[[Plan], bool]) -> None:
    plan = next(plan for seed in range(100) if broken(plan := Plan(seed=seed, share_of_looks=1, hangs_for=2)))
    with provider(plan) as stand:
        assert isinstance(hidden(stand), CannotLook)
    assert stand.ledger.listed == []


def test_an_outage_serves_nobody() -> None:
    with provider(Plan(outage_every=100, outage_lasts=100)) as stand:
        assert carrier(stand.address).send(text(NUMBERS[0])) == Unknown("503")
        assert isinstance(hidden(stand), CannotLook)
    assert stand.ledger.accepted == []


def test_in_a_process_of_its_own_it_keeps_its_ledger_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    plan = Plan(seed=3, share=1, only=(Fault.ERROR_AFTER, Fault.UNREADABLE), arrives_after=0, is_checked=False)
    with provider_process(plan, path) as address:
        outcomes = [carrier(address).send(text(to)) for to in NUMBERS[:5]]

    assert all(isinstance(outcome, Unknown) for outcome in outcomes)
    assert read_ledger(path).copies() == Counter({(to, "Suivi: rappel. Ref 7KQ"): 1 for to in NUMBERS[:5]})


def test_receipts_are_signed_repeated_reordered_and_forged_h40() -> None:
    """Of three hundred messages every way of telling is met, and a forged one never carries the right signature."""
    plan = Plan(seed=1, undelivered=0.3, silent=0.1, calls_back=True)
    told = [receipts_of(plan.dice("receipts", number), plan.fate(str(number))) for number in range(300)]
    real = [[one.status for one in receipts if not one.is_forged] for receipts in told]

    assert {tuple(one) for one in real} >= {
        (), ("sent",), ("sent", "sent"), ("sent", "delivered"), ("delivered", "sent"), ("sent", "undelivered"),
        ("undelivered", "sent", "undelivered", "sent"),
    }  # fmt: skip
    assert 0 < sum(any(one.is_forged for one in receipts) for receipts in told) < 100
