"""Receipts as the provider sends them: signed, late, repeated, out of order, and some that somebody forged."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import requests
from twilio.request_validator import RequestValidator

from monitor.clock import now
from tests.delivery.stand_in import ACCOUNT
from tests.provider.faults import Fate, Plan
from tests.provider.ledger import Accepted, Ledger, Met

_SHARE_UNTOLD, _SHARE_REPEATED, _SHARE_REORDERED, _SHARE_FORGED = 0.3, 0.2, 0.2, 0.2


@dataclass(frozen=True, slots=True)
class Receipt:
    """One call of the provider's to us."""

    status: str
    is_forged: bool = False


def receipts_of(dice: random.Random, fate: Fate) -> list[Receipt]:
    """What is told about one message, in the order in which it is sent."""
    if dice.random() < _SHARE_UNTOLD:
        return []
    told = [Receipt("sent")] if fate is Fate.SILENT else [Receipt("sent"), Receipt(fate)]
    if dice.random() < _SHARE_REORDERED:
        told.reverse()
    if dice.random() < _SHARE_REPEATED:
        told += told
    if dice.random() < _SHARE_FORGED:
        told.insert(0, Receipt("failed", is_forged=True))
    return told


def form_of(entry: Accepted, receipt: Receipt) -> dict[str, str]:
    """The parameters, among them one that nobody described."""
    form = {
        "MessageSid": entry.sid, "SmsSid": entry.sid, "AccountSid": ACCOUNT, "To": entry.to, "From": entry.sender,
        "MessageStatus": receipt.status, "SmsStatus": receipt.status, "ApiVersion": "2010-04-01",
        "RawDlrDoneDate": "2604150800",
    }  # fmt: skip
    return form | ({"ErrorCode": "30003"} if receipt.status in {"undelivered", "failed"} else {})


class Caller:
    """Sends the receipts of what was accepted, a few at a time, and writes down what they were answered."""

    def __init__(self, plan: Plan, ledger: Ledger, *, token: str) -> None:
        self._plan = plan
        self._ledger = ledger
        self._validator = RequestValidator(token)
        self._stranger = RequestValidator("somebody else's")
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="receipt")
        self._ends = threading.Event()

    def tell(self, entry: Accepted) -> None:
        """Soon; nothing where no address was given, or of what nobody may see yet."""
        if self._plan.calls_back and entry.callback and entry.shown_from <= entry.at:
            self._pool.submit(self._tell, entry)

    def close(self) -> None:
        self._ends.set()
        self._pool.shutdown(cancel_futures=True)

    def _tell(self, entry: Accepted) -> None:
        dice = self._plan.dice("receipts", entry.sid)
        self._ends.wait(dice.uniform(0, self._plan.arrives_after))
        for receipt in receipts_of(dice, self._plan.fate(entry.sid)):
            if self._ends.is_set():
                return
            form = form_of(entry, receipt)
            signs = self._stranger if receipt.is_forged else self._validator
            headers = {"X-Twilio-Signature": signs.compute_signature(entry.callback, form)}
            answered = self._post(entry.callback, form, headers)
            name = f"receipt forged {answered}" if receipt.is_forged else f"receipt {answered}"
            self._ledger.write(Met(what=name, to=entry.to, at=now()))

    @staticmethod
    def _post(address: str, form: dict[str, str], headers: dict[str, str]) -> str:
        """The provider asks once: who does not answer hears no more of it."""
        try:
            return str(requests.post(address, data=form, headers=headers, timeout=5, allow_redirects=False).status_code)
        except requests.RequestException as failure:
            return type(failure).__name__
