"""The carrier of production: what each of the provider's answers means for one message."""

from __future__ import annotations

import datetime as dt
import logging
import ssl
from collections.abc import Callable, Iterator

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageInstance
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from monitor.delivery.bounded_call import OutOfTime, TooLarge
from monitor.delivery.codes import OPTED_OUT, SID
from monitor.delivery.transport import (
    AccountRefused,
    CannotLook,
    Found,
    Look,
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
from monitor.delivery.twilio_client import Refused, TooManyRequests

_log = logging.getLogger(__name__)
_LONGEST_VALIDITY = 36_000  # seconds, the provider's own limit
_LONGEST_WAY = dt.timedelta(seconds=_LONGEST_VALIDITY)
_A_PAGE = 20  # messages: an answer stays far smaller than the largest that is read
_MOST_LISTED = 1000  # to one number since the attempt: more is no list that could be ours
_RECEIPTS = {
    "delivered": Receipt.DELIVERED,
    "read": Receipt.DELIVERED,
    "partially_delivered": Receipt.DELIVERED,
    "undelivered": Receipt.UNDELIVERED,
    "failed": Receipt.UNDELIVERED,
    "canceled": Receipt.UNDELIVERED,
}
STATUS_PATH, INBOUND_PATH = "/twilio/status", "/twilio/inbound"
"""Below the public address: where receipts come, each under the token of its attempt, and what people write to us."""
_NUMBER = frozenset({21211, 21214, 21217, 21265, 21408, int(OPTED_OUT), 21612, 21614, 21635})
# Credentials, suspension, credit, or a sender that is not ours: no message would pass.
_ACCOUNT = frozenset(
    {20003, 20005, 20006, 20008, 20404, 21212, 21603, 21606, 21659, 21660, 21701, 21703, 21704, 21705, 30002}
)
_ACCOUNT_STATUS = frozenset({401, 402, 403})
_NOTHING_LEFT = (NewConnectionError, ConnectTimeoutError, ssl.SSLCertVerificationError, ConnectionRefusedError)


class TwilioTransport:
    """Sends through the Messages API, which knows no idempotency key: an unknown outcome is never retried here.

    `sender` is a number or a Messaging Service (`MG…`). `webhook_url`: where receipts come, under the token of each
    attempt; without it none are asked for. `allowed`: where given, everybody else is refused before anything leaves
    (H60).
    """

    def __init__(
        self,
        client: Client,
        *,
        sender: str,
        longest_call: dt.timedelta,
        webhook_url: str | None = None,
        allowed: frozenset[str] | None = None,
    ) -> None:
        self._client = client
        self._sender = {"messaging_service_sid": sender} if sender.startswith("MG") else {"from_": sender}
        self._longest_call = longest_call
        self._webhook_url = webhook_url
        self._allowed = allowed

    @property
    def longest_call(self) -> dt.timedelta:
        return self._longest_call

    def send(self, message: OutgoingText) -> Outcome:
        if self._allowed is not None and message.to not in self._allowed:
            return NumberRefused("not_allowed_here")
        try:
            return self._create(message)
        except TooManyRequests as refusal:
            return NotSent("too_many_requests", refusal.retry_after)
        except Refused as refusal:
            return _meaning(refusal.status, refusal.code)
        except TwilioRestException as refusal:  # neither a success nor an error: a redirect
            return Unknown(str(refusal.status))
        except (OutOfTime, TooLarge, requests.RequestException) as fault:
            return _broken(fault)
        except Exception as fault:  # noqa: BLE001 - an answer nobody foresaw: the message may have left
            _log.error("unreadable answer of the provider: %s", type(fault).__name__)
            return Unknown("unreadable_answer")

    def _create(self, message: OutgoingText) -> Outcome:
        created = self._client.messages.create(
            to=message.to,
            body=message.body,
            validity_period=max(1, min(_LONGEST_VALIDITY, int(message.valid_for.total_seconds()))),
            **self._sender,
            **({} if self._webhook_url is None else {"status_callback": self._receipts_of(message)}),
        )
        is_named = isinstance(created.sid, str) and SID.fullmatch(created.sid) is not None
        return Sent(created.sid) if is_named else Unknown("no_sid")

    def _receipts_of(self, message: OutgoingText) -> str:
        return f"{str(self._webhook_url).rstrip('/')}{STATUS_PATH}/{message.callback_token}"

    def find(self, sent: SentText) -> Look:
        """Every page of the list for that number, back to the attempt; the exact words decide.

        Without a date in the question: what was never sent on has none, and would not be shown. The list may be in the
        order in which texts were sent on, which is up to a validity later than they came: so it is read that far back.
        """
        return _looked(lambda: self._find(sent))

    def _find(self, sent: SentText) -> Look:
        for number, listed in enumerate(self._client.messages.stream(to=sent.to, page_size=_A_PAGE)):
            if number >= _MOST_LISTED:
                return CannotLook("too many messages")
            if listed.date_created is not None and listed.date_created < sent.since - _LONGEST_WAY:
                return NotThere()
            is_before = listed.date_created is not None and listed.date_created < sent.since
            if not is_before and listed.body == sent.body and not str(listed.direction).startswith("inbound"):
                return _found(listed)
        return NotThere()

    def receipt(self, sid: str) -> Look:
        return _looked(lambda: _found(self._client.messages(sid).fetch()))


def _looked(ask: Callable[[], Look]) -> Look:
    """Whatever kept us from reading to the end says nothing about the message."""
    try:
        return ask()
    except (TooManyRequests, TwilioRestException, OutOfTime, TooLarge, requests.RequestException) as fault:
        return CannotLook(type(fault).__name__)
    except Refused as refusal:
        return CannotLook(str(refusal.code or refusal.status))
    except Exception as fault:  # noqa: BLE001 - an answer nobody foresaw
        _log.error("unreadable list of the provider: %s", type(fault).__name__)
        return CannotLook("unreadable_answer")


def _found(listed: MessageInstance) -> Look:
    if not isinstance(listed.sid, str) or SID.fullmatch(listed.sid) is None:
        return CannotLook("no_sid")
    code = None if listed.error_code is None else str(listed.error_code)
    return Found(listed.sid, receipt_of(str(listed.status)), code)


def receipt_of(status: str) -> Receipt:
    """How far a status of the provider is; one that nobody foresaw says only that the provider has the message."""
    return _RECEIPTS.get(status, Receipt.ACCEPTED)


def _meaning(status: int, code: int | None) -> Outcome:
    """An error answer; whatever is not certain is `Unknown`."""
    named = str(code or status)
    if code in _NUMBER and 400 <= status < 500:
        return NumberRefused(named, is_opt_out=named == OPTED_OUT)
    if status in _ACCOUNT_STATUS or (code in _ACCOUNT and 400 <= status < 500):
        return AccountRefused(named)
    return Unknown(named)


def _broken(fault: Exception) -> Outcome:
    """A call without an answer that can be read."""
    if isinstance(fault, OutOfTime):
        return Unknown("out_of_time") if fault.has_left else NotSent("no_connection")
    if isinstance(fault, requests.ConnectionError):  # a connect time-out is one too
        return NotSent("no_connection") if _nothing_left(fault) else Unknown("connection_lost")
    return Unknown(type(fault).__name__)


def _nothing_left(fault: BaseException) -> bool:
    """True only if the connection was never made, so that not one byte of the request can have left."""
    return any(isinstance(cause, _NOTHING_LEFT) for cause in _causes(fault))


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """The fault with what `requests` and `urllib3` wrapped in it."""
    pending: list[object] = [fault]
    seen: set[int] = set()
    while pending:
        one = pending.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            pending += [*one.args, getattr(one, "reason", None), one.__cause__]
