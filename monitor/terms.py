"""The words that every layer shares: who acts, how grave a thing is, and the four ways of saying no."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """Who may do what: for actions `monitor/actions/permitted.py`, for doors `monitor/edge/roles.py`."""

    PATIENT = "patient"
    NURSE = "nurse"
    NEUROLOGIST = "neurologist"
    PHARMACOVIGILANCE = "pharmacovigilance"
    ADMIN = "admin"
    LAB_SYSTEM = "lab_system"
    SYSTEM = "system"  # the clock itself: sweep, delivery, rebuild; nobody signs in with it


class Weekday(StrEnum):
    """The days of the week as a date is read back with them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Level(StrEnum):
    """How soon somebody must look, most pressing first."""

    CRITICAL = "critical"
    URGENT = "urgent"
    SOON = "soon"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the most pressing, so that sorting by rank puts the worst first."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


class Audience(StrEnum):
    """The function, never the person, that an alert is addressed to."""

    NURSE = "nurse"
    NEUROLOGIST = "neurologist"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or the clock, on whose behalf the record is read or changed."""

    id: UUID
    role: Role
    site_ids: frozenset[UUID]


_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # control, unseen, half a character, unassigned, lines


def is_one_line_of_text(text: str) -> bool:
    """Whether it holds only what a reader sees, and no break of a line."""
    return not any(unicodedata.category(letter) in _NO_TEXT for letter in text)


class Refusal(Exception):
    """A clear no: names the field and the reason, never the value."""

    def __init__(self, reason: str, *, field: str | None = None) -> None:
        super().__init__(reason if field is None else f"{field}: {reason}")
        self.reason = reason
        self.field = field


class Missing(Refusal):
    """There is no such thing, or it is not yours: the two look the same (G12)."""


class NotAllowed(Refusal):
    """Your role does not permit it."""


class Conflict(Refusal):
    """It contradicts what is already recorded."""


class Unacceptable(Refusal):
    """It is well formed, but cannot be taken as it is.

    `suggestion`: what whoever typed it may have meant, shown to them alone and written down nowhere.
    """

    def __init__(self, reason: str, *, field: str | None = None, suggestion: str | None = None) -> None:
        super().__init__(reason, field=field)
        self.suggestion = suggestion
