"""Open this to change what is checked once more when the turn of a message has come, and what follows from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from monitor.notices.quiet_hours import SendingDays, next_opening, opening

SHORTEST_VALIDITY = dt.timedelta(seconds=60)  # less of the window than this is no window: the text could come stale


class Ended(StrEnum):
    """Why a message does not leave; also what the record says of it."""

    DIED = "the patient has died"
    NO_CONSENT = "no consent to text messages"
    NO_PHONE = "no telephone number"
    NO_CAREGIVER = "no caregiver, to whom the texts were to go"
    WRONG_NUMBER = "the telephone is said to be somebody else's"
    UNCONFIRMED = "nobody has confirmed the telephone of the caregiver"
    NOT_ADDRESSED = "texts go to somebody else now"
    UNTRUE = "no longer true"
    UNWRITABLE = "the text cannot be written as one harmless message"
    TOO_LATE = "too late to be sent"


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand for one message at the moment of its claim; `lacks`: what keeps it from its reader."""

    died_on: dt.date | None
    is_addressed: bool
    lacks: Ended | None
    is_true: bool
    local_day: dt.date
    is_today_free: bool
    deadline_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Send:
    """It may leave now, as the message of this local day, and is worth delivering for so long."""

    local_day: dt.date
    valid_for: dt.timedelta


@dataclass(frozen=True, slots=True)
class Wait:
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class End:
    why: Ended


def verdict(standing: Standing, *, at: dt.datetime, zone: ZoneInfo, days: SendingDays) -> Send | Wait | End:
    """What to do with a message whose turn has come at the moment `at` (H35, H36, H42)."""
    if (why := _reason_to_end(standing)) is not None:
        return End(why)
    if at >= standing.deadline_at:
        return End(Ended.TOO_LATE)
    goes_at = _next_chance(standing, at=at, zone=zone, days=days)
    if goes_at >= standing.deadline_at:
        return End(Ended.TOO_LATE)
    if goes_at > at:
        return Wait(goes_at)
    today = at.astimezone(zone).date()
    closes_at = opening(today, zone=zone, window=days.window)[1]
    return Send(local_day=today, valid_for=min(closes_at, standing.deadline_at) - at)


def _reason_to_end(standing: Standing) -> Ended | None:
    if standing.died_on is not None:
        return Ended.DIED
    if not standing.is_true:
        return Ended.UNTRUE
    return standing.lacks if standing.is_addressed else Ended.NOT_ADDRESSED


def _next_chance(standing: Standing, *, at: dt.datetime, zone: ZoneInfo, days: SendingDays) -> dt.datetime:
    """The first moment from `at` on in an open window of its own day, or of a later day that has no message yet."""
    goes_at = next_opening(max(at, _earliest(standing, zone, days)), zone=zone, days=days)
    if goes_at == at:
        today = at.astimezone(zone).date()
        closes_at = opening(today, zone=zone, window=days.window)[1]
        is_taken = today != standing.local_day and not standing.is_today_free
        is_over = min(closes_at, standing.deadline_at) - at < SHORTEST_VALIDITY
        if is_taken or is_over:
            return next_opening(closes_at, zone=zone, days=days)
    return goes_at


def _earliest(standing: Standing, zone: ZoneInfo, days: SendingDays) -> dt.datetime:
    return opening(standing.local_day, zone=zone, window=days.window)[0]
