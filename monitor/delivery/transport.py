"""What every carrier of text messages must be able to say about one attempt; open this before adding a provider."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingText:
    """One attempt to send one text; what is personal in it stays out of every log.

    `token` names the attempt. After `valid_for` the provider must drop what it has not handed over (H42).
    """

    to: str = field(repr=False)
    body: str = field(repr=False)
    token: str = field(repr=False)
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


Outcome = Sent | NotSent | NumberRefused | AccountRefused | Unknown


class Transport(Protocol):
    """A carrier. `send` never raises for what a network or a provider can do, and returns within `longest_call`."""

    @property
    def longest_call(self) -> dt.timedelta: ...

    def send(self, message: OutgoingText) -> Outcome: ...
