"""Which letters a treatment asks for today: one an addressee, about all that is missing, and whether it was sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

import msgspec

from monitor.schedules.calendar import OWED, Item, State
from monitor.schedules.letters import Addressee, AskedLetter

ORDER = "prescription"
"""The stream of the renewal of the standing order."""

ORDER_HOLDS = dt.timedelta(days=365)  # no laboratory takes an older one [policy]


class SentLetter(msgspec.Struct, frozen=True):
    """A letter that somebody posted; `keys` is what it was about."""

    to: Addressee
    keys: tuple[str, ...]
    sent_on: dt.date
    is_registered: bool

    def answers(self, asked: AskedLetter) -> bool:
        """Whether it is the letter that was asked for: about the same, since that day, registered if it had to be."""
        is_about_it = self.to is asked.to and asked.key in self.keys
        return is_about_it and self.sent_on >= asked.since and self.is_registered >= asked.is_registered


class WantedLetter(msgspec.Struct, frozen=True):
    """One letter to one addressee.

    `about`: all that is missing and that a letter to them is asked for, oldest first. `since`: the day from which it is
    asked for. `sent_on`: when the last of it was posted, None as long as a part was not.
    """

    to: Addressee
    since: dt.date
    is_registered: bool
    about: tuple[AskedLetter, ...]
    sent_on: dt.date | None

    @property
    def keys(self) -> tuple[str, ...]:
        """The items it is about."""
        return tuple(one.key for one in self.about)


def wanted_letters(
    asked: Iterable[AskedLetter], *, sent: Sequence[SentLetter], awaited: Collection[str]
) -> tuple[WantedLetter, ...]:
    """The letters asked for, one for each addressee.

    `awaited`: keys whose sample was taken and whose result has not come. A patient who was there is not written to: the
    laboratory is called. What the family doctor reads says that it was taken. Raises nothing. Source: policy.
    """
    taken = {key.partition("/")[0] for key in awaited}
    by_addressee: dict[Addressee, list[AskedLetter]] = {}
    for one in asked:
        if one.to is not Addressee.PATIENT or one.stream not in taken:
            by_addressee.setdefault(one.to, []).append(one)
    return tuple(_one_letter(by_addressee[to], sent) for to in Addressee if to in by_addressee)


def has_valid_order(items: Iterable[Item], *, on: dt.date) -> bool:
    """Whether the standing order for the laboratory is known to be valid: renewed within a year, and not due again.

    Nothing is known of it where the protocol has no such task. Pure; raises nothing. Source: policy.
    """
    due = [item for item in items if item.stream == ORDER and item.due_on <= on]
    if not due or any(item.state in OWED for item in due):
        return False
    last = max(due, key=lambda item: item.due_on)
    return last.state is State.DONE and on < last.due_on + ORDER_HOLDS


def _one_letter(about: list[AskedLetter], sent: Sequence[SentLetter]) -> WantedLetter:
    about.sort(key=lambda one: (one.due_on, one.key))
    posted = {one.key: min((s.sent_on for s in sent if s.answers(one)), default=None) for one in about}
    open_ones = [one for one in about if posted[one.key] is None] or about
    days = [day for day in posted.values() if day is not None]
    return WantedLetter(
        to=about[0].to,
        since=min(one.since for one in open_ones),
        is_registered=any(one.is_registered for one in open_ones),
        about=tuple(about),
        sent_on=max(days) if len(days) == len(about) else None,
    )
