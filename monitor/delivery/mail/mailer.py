"""What every carrier of e-mail must be able to say about one attempt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Protocol

from monitor.delivery.transport import AccountRefused, NotSent, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """One attempt to send one mail. `message_id` and `at` (aware) are those of the mail, the same at each attempt."""

    to: str = field(repr=False)
    subject: str
    body: str
    message_id: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """The server has it: it said so after the last dot."""


@dataclass(frozen=True, slots=True)
class MailRefused:
    """The server will not have it, now or later; `is_address`: because there is no such mailbox."""

    code: str
    is_address: bool = False


MailOutcome = Taken | NotSent | MailRefused | AccountRefused | Unknown


class Mailer(Protocol):
    """A carrier. `send` never raises for what a network or a server can do, and returns within `longest_call`."""

    @property
    def longest_call(self) -> dt.timedelta: ...

    def send(self, mail: OutgoingMail) -> MailOutcome: ...
