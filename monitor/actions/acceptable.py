"""What may be written at all: days that can be true, reasons that say something, texts of a bearable length."""

from __future__ import annotations

import datetime as dt
import unicodedata

from monitor.terms import Unacceptable

LONGEST_REASON = 500
LONGEST_PERIOD = dt.timedelta(days=366)
_UNSEEN = frozenset({"Cc", "Cf"})  # control and format characters: two names that look the same would be two


def check_day(day: dt.date, *, field: str, today: dt.date, born_on: dt.date) -> None:
    """Facts lie between the birth and today. Raises Unacceptable."""
    if day > today:
        raise Unacceptable("lies in the future", field=field)
    if day < born_on:
        raise Unacceptable("lies before the birth of the patient", field=field)


def check_period(starts_on: dt.date, ends_on: dt.date) -> None:
    """From a first day to the day before a later one, and no longer than a year. Raises Unacceptable."""
    if ends_on <= starts_on:
        raise Unacceptable("must be later than the first day", field="ends_on")
    if ends_on - starts_on > LONGEST_PERIOD:
        raise Unacceptable("lies more than a year after the first day", field="ends_on")


def read_reason(reason: str, *, field: str = "reason") -> str:
    """The reason without the space around it. Raises Unacceptable where there is none, or no end of it."""
    return read_text(reason, field=field, longest=LONGEST_REASON)


def read_text(text: str, *, field: str, longest: int) -> str:
    """The text without the space around it. Raises Unacceptable where nothing or too much remains."""
    kept = text.strip()
    if not kept:
        raise Unacceptable("must not be empty", field=field)
    if len(kept) > longest:
        raise Unacceptable(f"must not be longer than {longest} characters", field=field)
    if any(unicodedata.category(letter) in _UNSEEN for letter in kept):
        raise Unacceptable("holds a character that no text may hold", field=field)
    return kept
