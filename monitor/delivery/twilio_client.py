"""The official client, held to our rules: one host, one time limit, no redirects, no retries, no environment."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit, urlunsplit

import requests
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from monitor.delivery.bounded_call import ask

_HOST = "api.twilio.com"
_REMEMBERED = {"TWILIO_REGION": ""}  # not empty, or the client would read the environment of the process
_LONGEST_PAUSE = dt.timedelta(days=1)
_LOGGERS = ("twilio.http_client", "urllib3")


class TooManyRequests(Exception):
    """The provider asks us to slow down: the one answer that certainly means "not sent"."""

    def __init__(self, retry_after: dt.timedelta | None) -> None:
        super().__init__("429")
        self.retry_after = retry_after


class Refused(Exception):
    """Any other answer that is an error, with the provider's own number for it where it gives one."""

    def __init__(self, status: int, code: int | None) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class UnknownHost(Exception):
    """The client wanted to talk to another host than the one we configured."""


class OneHostClient(HttpClient):  # type: ignore[misc]  # it carries no types
    """Sends what is meant for `api.twilio.com` to the configured address, and nothing anywhere else."""

    def __init__(self, *, base_url: str, connect_timeout: dt.timedelta, read_timeout: dt.timedelta) -> None:
        for name in _LOGGERS:  # below that they write down the numbers in an address
            logging.getLogger(name).setLevel(logging.WARNING)
        super().__init__(logging.getLogger(_LOGGERS[0]), is_async=False)
        self._base = urlsplit(base_url)
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout

    def request(  # noqa: PLR0917 - the signature is the client's
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002 - ours, never the caller's
        allow_redirects: bool = False,  # noqa: ARG002, FBT001, FBT002 - never
    ) -> Response:
        wanted = urlsplit(url)
        if wanted.hostname != _HOST:
            raise UnknownHost
        path = self._base.path.rstrip("/") + wanted.path
        address = urlunsplit((self._base.scheme, self._base.netloc, path, wanted.query, ""))
        answer = ask(
            requests.Request(method.upper(), address, params=params, data=data, headers=headers, auth=auth),
            connect=self._connect_timeout,
            read=self._read_timeout,
        )
        if answer.status == requests.codes.too_many_requests:
            raise TooManyRequests(_pause(answer.headers))
        if answer.status >= requests.codes.bad_request:
            raise Refused(answer.status, _code(answer.text))
        return Response(answer.status, answer.text, answer.headers)


def make_client(
    *, account_sid: str, auth_token: str, base_url: str, connect_timeout: dt.timedelta, read_timeout: dt.timedelta
) -> Client:
    """A client that talks to one address with these credentials and looks at nothing else."""
    http_client = OneHostClient(base_url=base_url, connect_timeout=connect_timeout, read_timeout=read_timeout)
    return Client(account_sid, auth_token, http_client=http_client, environment=dict(_REMEMBERED))


def _code(text: str) -> int | None:
    """The provider's number for an error; whatever is no number is none."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    code = body.get("code") if isinstance(body, dict) else None
    return code if type(code) is int and 0 <= code < 1_000_000 else None


def _pause(headers: Mapping[str, str]) -> dt.timedelta | None:
    """A `Retry-After` in seconds or as a moment, a day at most; None for what is neither: our own back-off decides."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return _LONGEST_PAUSE if len(text) > 6 else min(dt.timedelta(seconds=int(text)), _LONGEST_PAUSE)
    until, said_at = _moment(text), _moment(headers.get("Date", ""))  # by the provider's clock, not by ours
    return None if until is None or said_at is None else min(max(until - said_at, dt.timedelta(0)), _LONGEST_PAUSE)


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment
