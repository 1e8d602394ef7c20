"""What every carrier of text messages must be able to say about one attempt; open this before adding a provider."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingText:
    """One attempt to send one text; what is personal in it stays out of every log.

    `token` names the attempt, `callback_token` stands in the address of its receipts. After `valid_for` the provider
    must drop what it has not handed over (H42).
    """

    to: str = field(repr=False)
    body: str = field(repr=False)
    token: str = field(repr=False)
    callback_token: str = field(repr=False)
    valid_for: dt.timedelta


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider has it and gave it this id; accepted is not delivered, unless the transport knows at once."""

    sid: str
    is_delivered: bool = False


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly nothing left, or the provider says that it was too much at once: not again before `retry_after`."""

    why: str
    retry_after: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class NumberRefused:
    """This number cannot be written to; `is_opt_out`: because its owner told the provider to stop."""

    code: str
    is_opt_out: bool = False


@dataclass(frozen=True, slots=True)
class AccountRefused:
    """Our account, credit or sender is refused: no message is at fault and none would pass (H44)."""

    code: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have left and it may not."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentText:
    """A text that may have left at `since` or after, by the database's clock."""

    to: str = field(repr=False)
    body: str = field(repr=False)
    since: dt.datetime


class Receipt(StrEnum):
    """How far a message came that the provider has; the last two are final."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


@dataclass(frozen=True, slots=True)
class Found:
    """The provider has it under this id, and it came so far; `code`: why it did not arrive."""

    sid: str
    receipt: Receipt
    code: str | None = None


@dataclass(frozen=True, slots=True)
class NotThere:
    """The whole list was read, back to before the attempt, and does not show it."""


@dataclass(frozen=True, slots=True)
class CannotLook:
    """The list could not be read to its end: that says nothing about the message."""

    why: str


Look = Found | NotThere | CannotLook
Outcome = Sent | NotSent | NumberRefused | AccountRefused | Unknown


class Transport(Protocol):
    """A carrier. It never raises for what a network or a provider can do, and `send` returns within `longest_call`."""

    @property
    def longest_call(self) -> dt.timedelta: ...

    def send(self, message: OutgoingText) -> Outcome: ...

    def find(self, sent: SentText) -> Look:
        """Look for a text whose fate is unknown in the provider's own list."""
        ...

    def receipt(self, sid: str) -> Look:
        """How far the message with that id came."""
        ...
