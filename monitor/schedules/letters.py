"""Which letters a ladder asks for: to whom, from which day on, and whether by registered post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from monitor.schedules.recurrence import Part


class Addressee(StrEnum):
    """Who gets a letter."""

    PATIENT = "patient"
    FAMILY_DOCTOR = "family_doctor"


class Letter(Part, frozen=True):
    """A letter that a rung asks for, so many days after the oldest uncredited due date; a nurse prints and posts it."""

    after: int
    to: Addressee
    registered: bool = False


class AskedLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that is asked for, whether it was sent or not.

    `key`, `due_on`: what is missing, and since when; `since`: the day from which the letter is asked for.
    """

    to: Addressee
    key: str
    stream: str
    due_on: dt.date
    since: dt.date
    is_registered: bool


def asked_letters(
    letters: Iterable[Letter], *, stream: str, key: str, due_on: dt.date, on: dt.date
) -> tuple[AskedLetter, ...]:
    """Of the letters of a ladder that counts from `due_on`, the last one reached on `on` for each addressee.

    Pure; raises nothing. Source: the protocol; the days are ours [policy].
    """
    last: dict[Addressee, Letter] = {}
    for letter in sorted(letters, key=lambda one: one.after):
        if due_on + dt.timedelta(days=letter.after) <= on:
            last[letter.to] = letter
    return tuple(
        AskedLetter(
            to=letter.to,
            stream=stream,
            key=key,
            due_on=due_on,
            since=due_on + dt.timedelta(days=letter.after),
            is_registered=letter.registered,
        )
        for letter in last.values()
    )
