"""Signs that a patient may notice: how soon somebody must act on each, and whom a report of it alerts.

Read straight from `[[signs]]` of a protocol file; their words for patients stand in `config/wording/signs/`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from uuid import UUID

import msgspec

from monitor.labels import under
from monitor.schedules.calendar import Alert
from monitor.schedules.topics import SIGN
from monitor.terms import Audience, Level

PREGNANCY = "possible_pregnancy"
PREGNANT_FOR = dt.timedelta(days=280)


class Urgency(StrEnum):
    """How soon a person who notices a sign must be seen to, most pressing first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    WITHIN_24_HOURS = "within_24_hours"
    WITHIN_48_HOURS = "within_48_hours"
    WITHIN_72_HOURS = "within_72_hours"
    WITHIN_A_WEEK = "within_a_week"
    WITHIN_TWO_WEEKS = "within_two_weeks"
    NEXT_VISIT = "next_visit"

    @property
    def rank(self) -> int:
        """0 for the most pressing, so that sorting by rank puts the worst first."""
        return _RANKS[self]


_RANKS = {urgency: rank for rank, urgency in enumerate(Urgency)}

LEVELS: Mapping[Urgency, Level] = {
    Urgency.EMERGENCY: Level.CRITICAL,
    # An alert `soon` may wait for three working days, which is too long for what must not wait for two days.
    Urgency.SAME_DAY: Level.URGENT,
    Urgency.WITHIN_24_HOURS: Level.URGENT,
    Urgency.WITHIN_48_HOURS: Level.URGENT,
    # The patient is told to call; the alert is the second net, and headache after a puncture is frequent.
    Urgency.WITHIN_72_HOURS: Level.SOON,
    Urgency.WITHIN_A_WEEK: Level.SOON,
    Urgency.WITHIN_TWO_WEEKS: Level.SOON,
    Urgency.NEXT_VISIT: Level.INFO,
}
"""How pressing the alert is that a report opens [policy]."""

AUDIENCES: Mapping[Level, Audience] = {
    Level.CRITICAL: Audience.NEUROLOGIST,
    Level.URGENT: Audience.NEUROLOGIST,
    Level.SOON: Audience.NURSE,
    Level.INFO: Audience.NURSE,
}


class SignGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Signs that belong together, as a protocol file writes them; each of them is ticked on its own.

    `suspects`: what they make one think of. `holds_dose`: the next dose waits until a neurologist has closed the alert.
    `seek_elsewhere`: whoever cannot reach the team goes elsewhere at once. `in_pregnancy`: the urgency for somebody who
    is or may be pregnant.
    """

    signs: tuple[str, ...]
    suspects: str
    urgency: Urgency
    source: str
    us_source: str | None = None
    holds_dose: bool = False
    seek_elsewhere: bool = False
    in_pregnancy: Urgency | None = None


class Sign(msgspec.Struct, frozen=True):
    """One sign that a person can tick, with all that its group says of it."""

    id: str
    suspects: str
    urgency: Urgency
    source: str
    us_source: str | None = None
    holds_dose: bool = False
    seek_elsewhere: bool = False
    in_pregnancy: Urgency | None = None

    def urgency_for(self, *, is_pregnant: bool) -> Urgency:
        """How soon for this person."""
        return self.in_pregnancy if is_pregnant and self.in_pregnancy is not None else self.urgency


class Noticed(msgspec.Struct, frozen=True):
    """A sign on the last day on which it was noticed; `reported_by`: the id of the last report of it."""

    sign: str
    on: dt.date
    reported_by: UUID


def each_sign(groups: Iterable[SignGroup]) -> tuple[Sign, ...]:
    """Every sign of the groups, in the order of the file."""
    return tuple(
        Sign(id=sign, **{name: getattr(group, name) for name in group.__struct_fields__ if name != "signs"})
        for group in groups
        for sign in group.signs
    )


def may_be_pregnant(days: Iterable[dt.date], *, on: dt.date) -> bool:
    """Whether a possible pregnancy that was reported on one of these days could last on that day."""
    return any(day <= on < day + PREGNANT_FOR for day in days)


def gravest(urgencies: Collection[Urgency]) -> Urgency:
    """The most pressing of some urgencies. Raises ValueError where there is none."""
    return min(urgencies, key=lambda urgency: urgency.rank)


def sign_alert(sign: Sign, noticed: Noticed, *, profile: str, is_pregnant: bool) -> Alert:
    """The alert that a report of the sign opens: critical in an emergency, else by `LEVELS`; topic `sign:<id>`.

    `noticed.on` is a date of the treating centre's calendar. Raises nothing.
    """
    urgency = sign.urgency_for(is_pregnant=is_pregnant)
    level = LEVELS[urgency]
    said = [f"{spelled(sign.id)} noticed on {noticed.on}", f"think of {sign.suspects}", spelled(urgency)]
    if is_pregnant and sign.in_pregnancy is not None:
        said.append("possible pregnancy")
    if sign.holds_dose:
        said.append("the next dose waits until a neurologist has closed this")
    return Alert(
        topic=f"{SIGN}{sign.id}",
        audience=AUDIENCES[level],
        level=level,
        since=noticed.on,
        because="; ".join(said),
        source=under(sign, profile).source,
    )


def spelled(name: str) -> str:
    """An id as people of the team read it: `headache_with_vomiting` becomes `headache with vomiting`."""
    return name.replace("_", " ")
