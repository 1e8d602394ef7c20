"""How alerts are shown: worst first, those of one patient and level together, each with its reason and its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from monitor.overviews.alerts import Alert
from monitor.overviews.patients import PatientLine
from monitor.terms import Level
from monitor.web.centres import Centres
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles

_TASKS = {
    "message:failed": "a text was refused",
    "message:uncertain": "a text may not have arrived",
    "reminder:no_channel": "reminders cannot be sent by text",
    "reminder:too_late": "a reminder came too late for a text",
}
_OVERDUE = "overdue:"
_PRESSING = frozenset({Level.CRITICAL.value, Level.URGENT.value})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one alert was raised, and on what authority."""

    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Alerts that began on the same day: the first reason in sight, the others one step away."""

    title: str
    since: str
    reason: Reason
    others: tuple[Reason, ...]
    seen: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """The alerts of one patient that are equally grave and for the same function."""

    id: str
    level: str
    name: str
    therapy: str
    centre: str | None
    audience: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """The alerts of today in sight, and those that can wait one step away."""

    pressing: tuple[Card, ...]
    others: tuple[Card, ...]


def present_alerts(
    alerts: Iterable[Alert], *, people: Iterable[PatientLine], titles: Titles, centres: Centres, spoken: Spoken
) -> Inbox:
    """`alerts` with the worst first: the cards keep that order."""
    names = {one.id: f"{one.given_name} {one.family_name}" for one in people}
    groups: dict[tuple[int, str, UUID], list[Alert]] = {}
    for one in alerts:
        groups.setdefault((one.rank, one.audience, one.patient_id), []).append(one)
    cards = [
        Card(
            id=f"{group[0].level}-{audience}-{patient_id}",
            level=group[0].level,
            name=names.get(patient_id, ""),
            therapy=titles.therapy(patient_id),
            centre=centres.name(group[0].site_id),
            audience=audience,
            causes=tuple(_cause(list(same), titles, spoken) for _, same in groupby(group, key=_began)),
        )
        for (_, audience, patient_id), group in groups.items()
    ]
    return Inbox(
        pressing=tuple(card for card in cards if card.level in _PRESSING),
        others=tuple(card for card in cards if card.level not in _PRESSING),
    )


def _began(one: Alert) -> tuple[dt.date, bool, dt.datetime | None]:
    """What the alerts under one heading share."""
    return one.since, one.topic.startswith(_OVERDUE), one.acknowledged_at


def _cause(same: list[Alert], titles: Titles, spoken: Spoken) -> Cause:
    first, *others = same
    return Cause(
        title=_title(same, titles),
        since=f"since {spoken.day(first.since)}",
        reason=_reason(first),
        others=tuple(_reason(one) for one in others),
        seen=None if first.acknowledged_at is None else f"seen {spoken.moment(first.acknowledged_at)}",
    )


def _reason(one: Alert) -> Reason:
    return Reason(because=f"{one.because}.", source=one.source)


def _title(same: list[Alert], titles: Titles) -> str:
    if not same[0].topic.startswith(_OVERDUE):
        return "; ".join(_named(one) for one in same)
    streams = [titles.of(one.treatment_id, one.topic.removeprefix(_OVERDUE)) for one in same]
    return f"Not done: {', '.join(streams)}"


def _named(one: Alert) -> str:
    """What an alert is about; that it is true no longer is said first, because it changes what is to be done."""
    eased = "" if one.holds else "No longer true, waits to be seen: "
    for kind, words in (("result:", "Value: "), ("sign:", "Sign: ")):
        if one.topic.startswith(kind):
            name = one.topic.removeprefix(kind).replace(".", ", ").replace("_", " ")
            return f"{eased}{words}{name}"
    return f"{eased}{_TASKS.get(one.topic, one.topic)}"
