"""How a patient can be reached, read from what a person typed: open this when a number, language or zone is refused."""

from __future__ import annotations

import re
from collections.abc import Collection
from zoneinfo import available_timezones

import phonenumbers

from monitor.terms import Unacceptable

_TYPED = re.compile(r"\+?[0-9 .()/\-\u00a0\u202f]{4,32}")  # the library would take letters and extensions too


LONGEST_NAMED = 20  # characters of a number that a text has room for


def read_named_telephone(telephone: str, *, country: str) -> str:
    """A number that texts and letters name, as it was typed: one that can be called and that a text can hold.

    Raises Unacceptable.
    """
    kept = telephone.strip()
    if len(kept) > LONGEST_NAMED or not kept.isascii():
        raise Unacceptable(f"not a number of at most {LONGEST_NAMED} digits, signs and plain blanks", field="telephone")
    try:
        read_phone(kept, country=country)
    except Unacceptable as refusal:
        raise Unacceptable(refusal.reason, field="telephone") from None
    return kept


def read_phone(phone: str | None, *, country: str) -> str | None:
    """The number in the form E.164, read as people write it in `country`. Raises Unacceptable.

    A number may be one that nobody was given yet: only its length is held against the plan of its country.
    """
    if phone is None:
        return None
    refusal = Unacceptable("not a telephone number, such as 06 and eight digits, or +33 and nine", field="phone")
    if not _TYPED.fullmatch(phone):
        raise refusal
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        raise refusal from None
    if not phonenumbers.is_possible_number(number):
        raise refusal
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_language(language: str, *, languages: Collection[str]) -> str:
    """One of the languages that every text is written in. Raises Unacceptable."""
    if language not in languages:
        raise Unacceptable(f"not one of {', '.join(sorted(languages))}", field="language")
    return language


def read_timezone(timezone: str | None) -> str | None:
    """A zone of the time zone database, or None for that of the site. Raises Unacceptable."""
    if timezone is not None and timezone not in available_timezones():
        raise Unacceptable("not a known time zone", field="timezone")
    return timezone
