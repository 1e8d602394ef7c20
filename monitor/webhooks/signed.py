"""Lets only the provider in: whatever it did not sign is counted, and otherwise forgotten."""

from __future__ import annotations

import datetime as dt
import logging
import threading

from flask import Request

from monitor.delivery.twilio_signature import Signatures

_log = logging.getLogger(__name__)
_MINUTE = dt.timedelta(minutes=1)


class Gate:
    """Checks requests that came to paths under `public_url`, as the provider knows it; a proxy may see other ones."""

    def __init__(self, *, public_url: str, auth_token: str) -> None:
        self._public_url = public_url.rstrip("/")
        self._signatures = Signatures(auth_token)
        self._refused = 0
        self._told_at: dt.datetime | None = None
        self._lock = threading.Lock()

    def is_signed(self, request: Request, *, path: str, at: dt.datetime) -> bool:
        """Whether the provider sent this to that path below the public address; raises 413 for too large a body."""
        query = request.query_string.decode("latin-1")
        address = f"{self._public_url}{path}?{query}" if query else f"{self._public_url}{path}"
        if self._signatures.fit(
            address,
            request.form,
            signature=request.headers.get("X-Twilio-Signature", ""),
            kind=request.headers.get("X-Twilio-Webhooks-Signature-Settings", ""),
        ):
            return True
        self._count(request.endpoint, at=at)
        return False

    def _count(self, endpoint: str | None, *, at: dt.datetime) -> None:
        """One line a minute at most, however many come: an attacker must not fill the disk (H40, H58)."""
        with self._lock:
            self._refused += 1
            if self._told_at is not None and self._told_at <= at < self._told_at + _MINUTE:
                return
            self._told_at, refused, self._refused = at, self._refused, 0
        _log.warning("requests without the provider's signature at %s since the last such line: %d", endpoint, refused)
