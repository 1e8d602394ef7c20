"""The carrier of demonstrations and development: nothing leaves this machine, the outbox keeps the text to be shown."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging

from monitor.delivery.transport import CannotLook, OutgoingText, Sent, SentText

_log = logging.getLogger(__name__)


class ConsoleTransport:
    """Accepts and delivers everything at once, under an id made from the attempt."""

    longest_call = dt.timedelta(seconds=1)

    def send(self, message: OutgoingText) -> Sent:
        sid = "CN" + hashlib.sha256(message.token.encode()).hexdigest()[:32]
        _log.info("message shown on this machine, none was sent: %s", sid)
        return Sent(sid, is_delivered=True)

    def find(self, sent: SentText) -> CannotLook:  # noqa: ARG002 - the shape of every transport
        return CannotLook("the console keeps no list")

    def receipt(self, sid: str) -> CannotLook:  # noqa: ARG002 - the shape of every transport
        return CannotLook("the console keeps no list")
