"""What stands in for a carrier where none is configured: nothing leaves, nobody is asked."""

from __future__ import annotations

import datetime as dt

from monitor.delivery.transport import CannotLook, NotSent, OutgoingText, SentText


class NoTransport:
    """Where no carrier is configured nothing leaves: a message waits, and at its deadline becomes a person's task."""

    longest_call = dt.timedelta(seconds=1)

    def send(self, message: OutgoingText) -> NotSent:  # noqa: ARG002 - the shape of every transport
        return NotSent("no transport is configured")

    def find(self, sent: SentText) -> CannotLook:  # noqa: ARG002 - the shape of every transport
        return CannotLook("no transport is configured")

    def receipt(self, sid: str) -> CannotLook:  # noqa: ARG002 - the shape of every transport
        return CannotLook("no transport is configured")
