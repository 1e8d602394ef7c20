"""The official client, held to our rules: one host, explicit time-outs, no redirects, no retries, no environment."""

from __future__ import annotations

import datetime as dt
import logging
from urllib.parse import urlsplit, urlunsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

_HOST = "api.twilio.com"
_REMEMBERED = {"TWILIO_REGION": ""}  # not empty, or the client would read the environment of the process


class TooManyRequests(Exception):
    """The provider asks us to slow down: the one answer that certainly means "not sent"."""

    def __init__(self, retry_after: dt.timedelta | None) -> None:
        super().__init__("429")
        self.retry_after = retry_after


class UnknownHost(Exception):
    """The client wanted to talk to another host than the one we configured."""


class OneHostClient(TwilioHttpClient):  # type: ignore[misc]  # it carries no types
    """Sends what is meant for `api.twilio.com` to the configured address, and nothing anywhere else."""

    def __init__(self, *, base_url: str, connect_timeout: dt.timedelta, read_timeout: dt.timedelta) -> None:
        super().__init__()
        for name in ("twilio.http_client", "urllib3"):  # below that they write down the numbers in an address
            logging.getLogger(name).setLevel(logging.WARNING)
        self._base = urlsplit(base_url)
        self._time_outs = (connect_timeout.total_seconds(), read_timeout.total_seconds())
        if self.session is not None:
            self.session.trust_env = False  # no proxy and no password file that nobody configured

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
        self.timeout = self._time_outs  # a pair (connect, read) is what `requests` takes
        response = super().request(
            method,
            urlunsplit((self._base.scheme, self._base.netloc, path, wanted.query, "")),
            params,
            data,
            headers,
            auth,
            None,
            allow_redirects=False,
        )
        if response.status_code == 429:
            raise TooManyRequests(_seconds((response.headers or {}).get("Retry-After")))
        return response


def make_client(
    *, account_sid: str, auth_token: str, base_url: str, connect_timeout: dt.timedelta, read_timeout: dt.timedelta
) -> Client:
    """A client that talks to one address with these credentials and looks at nothing else."""
    http_client = OneHostClient(base_url=base_url, connect_timeout=connect_timeout, read_timeout=read_timeout)
    return Client(account_sid, auth_token, http_client=http_client, environment=dict(_REMEMBERED))


def _seconds(text: str | None) -> dt.timedelta | None:
    """A `Retry-After` in seconds; the form with a date is ignored, our own back-off then decides."""
    return dt.timedelta(seconds=int(text)) if text is not None and text.isascii() and text.isdigit() else None
