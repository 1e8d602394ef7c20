"""The carrier of production: what each of the provider's answers means for one message."""

from __future__ import annotations

import datetime as dt
import logging
import re
import ssl
from collections.abc import Iterator

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from monitor.delivery.bounded_call import OutOfTime, TooLarge
from monitor.delivery.transport import (
    AccountRefused,
    NotSent,
    NumberRefused,
    Outcome,
    OutgoingText,
    Sent,
    Unknown,
)
from monitor.delivery.twilio_client import Refused, TooManyRequests

_log = logging.getLogger(__name__)
_SID = re.compile("(?:SM|MM)[0-9a-f]{32}")
_LONGEST_VALIDITY = 36_000  # seconds, the provider's own limit
_OPTED_OUT = 21610
_NUMBER = frozenset({21211, 21214, 21217, 21265, 21408, _OPTED_OUT, 21612, 21614, 21635})
# Credentials, suspension, credit, or a sender that is not ours: no message would pass.
_ACCOUNT = frozenset({20003, 20005, 20006, 20008, 20404, 21212, 21603, 21606, 21659, 21660, 21703, 21705, 30002})
_ACCOUNT_STATUS = frozenset({401, 402, 403})
_NOTHING_LEFT = (NewConnectionError, ConnectTimeoutError, ssl.SSLCertVerificationError, ConnectionRefusedError)


class TwilioTransport:
    """Sends through the Messages API, which knows no idempotency key: an unknown outcome is never retried here.

    `sender` is a number or a Messaging Service (`MG…`). No receipts are asked for: there is no address that takes them.
    `allowed`: where given, everybody else is refused before anything leaves (H60).
    """

    def __init__(
        self,
        client: Client,
        *,
        sender: str,
        longest_call: dt.timedelta,
        allowed: frozenset[str] | None = None,
    ) -> None:
        self._client = client
        self._sender = {"messaging_service_sid": sender} if sender.startswith("MG") else {"from_": sender}
        self._longest_call = longest_call
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
        )
        is_named = isinstance(created.sid, str) and _SID.fullmatch(created.sid) is not None
        return Sent(created.sid) if is_named else Unknown("no_sid")


def _meaning(status: int, code: int | None) -> Outcome:
    """An error answer; whatever is not certain is `Unknown`."""
    named = str(code or status)
    if code in _NUMBER and 400 <= status < 500:
        return NumberRefused(named, is_opt_out=code == _OPTED_OUT)
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
