"""What may go wrong at the provider, and the dice that decide it: the same seed does the same to the same call."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What a call to create a message may meet. Those in `ACCEPTS` leave a message behind, whatever is answered."""

    TOO_MANY = "too_many"
    TOO_MANY_FOR_A_WHILE = "too_many_for_a_while"  # with Retry-After
    NUMBER_REFUSED = "number_refused"
    OPTED_OUT = "opted_out"
    ACCOUNT_REFUSED = "account_refused"
    REFUSED_STRANGELY = "refused_strangely"  # a code that nobody foresaw
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    TIME_OUT_BEFORE = "time_out_before"
    TIME_OUT_AFTER = "time_out_after"
    LATE = "late"  # an error, and a message that no list shows for a long time
    UNREADABLE = "unreadable"
    OUTAGE = "outage"


ACCEPTS = frozenset(
    {
        None,
        Fault.ERROR_AFTER,
        Fault.RESET_AFTER,
        Fault.TIME_OUT_AFTER,
        Fault.LATE,
        Fault.UNREADABLE,
    }
)
"""After these (None: nothing goes wrong) the provider has the message."""

_WEIGHTS = {
    Fault.TOO_MANY: 4, Fault.TOO_MANY_FOR_A_WHILE: 2, Fault.NUMBER_REFUSED: 2, Fault.OPTED_OUT: 1,
    Fault.ACCOUNT_REFUSED: 0.4, Fault.REFUSED_STRANGELY: 1, Fault.ERROR_BEFORE: 3, Fault.ERROR_AFTER: 3,
    Fault.RESET_BEFORE: 3, Fault.RESET_AFTER: 3, Fault.TIME_OUT_BEFORE: 2, Fault.TIME_OUT_AFTER: 2,
    Fault.LATE: 1, Fault.UNREADABLE: 3,
}  # fmt: skip


class ListFault(StrEnum):
    """What a look into the list may meet."""

    TOO_MANY = "list_too_many"
    ERROR = "list_error"
    RESET = "list_reset"
    TIME_OUT = "list_time_out"
    OUTAGE = "list_outage"


class Fate(StrEnum):
    """What becomes of a message that was accepted."""

    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    SILENT = "sent"  # nobody ever says more


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the provider behaves; seconds throughout. Without any change it answers everything at once and rightly."""

    seed: int = 0
    share: float = 0.0
    """Of the calls that go wrong."""
    share_of_looks: float = 0.0
    only: tuple[Fault, ...] = ()
    """Where given, nothing else goes wrong."""
    quickest: float = 0.0
    slowest: float = 0.0
    """An answer takes so long."""
    hangs_for: float = 60.0
    hidden_for: float = 600.0
    """How long no list shows what was accepted late."""
    outage_every: float = 0.0
    outage_lasts: float = 0.0
    blind_every: float = 0.0
    blind_lasts: float = 0.0
    """As long as it is blind the list answers, and shows nothing."""
    undelivered: float = 0.0
    silent: float = 0.0
    arrives_after: float = 0.3
    """From acceptance to the handset."""
    calls_back: bool = False
    is_checked: bool = True
    """Whether every exchange is held against the provider's description; it takes a few milliseconds."""

    def dice(self, *what: object) -> random.Random:
        """Dice of their own for everything that is decided, so that the order of calls changes nothing."""
        return random.Random(f"{self.seed}/{'/'.join(map(str, what))}")

    def fault(self, to: str, nth: int) -> Fault | None:
        """What the nth call for that number meets."""
        dice = self.dice("call", to, nth)
        if dice.random() >= self.share:
            return None
        kinds = self.only or tuple(_WEIGHTS)
        return dice.choices(kinds, [_WEIGHTS[kind] for kind in kinds])[0]

    def list_fault(self, to: str, nth: int) -> ListFault | None:
        """What the nth look for that number meets."""
        dice = self.dice("list", to, nth)
        if self.only or dice.random() >= self.share_of_looks:
            return None
        return dice.choice([ListFault.TOO_MANY, ListFault.ERROR, ListFault.RESET, ListFault.TIME_OUT])

    def fate(self, sid: str) -> Fate:
        fell = self.dice("fate", sid).random()
        if fell < self.undelivered:
            return Fate.UNDELIVERED
        return Fate.SILENT if fell < self.undelivered + self.silent else Fate.DELIVERED

    def pause(self, to: str, nth: int) -> float:
        return self.dice("pause", to, nth).uniform(self.quickest, self.slowest)

    def is_out(self, age: float) -> bool:
        """Whether nobody is served at that age of the provider."""
        return _is_within(age, self.outage_every, self.outage_lasts)

    def is_blind(self, age: float) -> bool:
        return _is_within(age, self.blind_every, self.blind_lasts)


def _is_within(age: float, every: float, lasts: float) -> bool:
    """The last moments of each turn, so that a provider never begins with one."""
    return every > 0 and age % every >= every - lasts
