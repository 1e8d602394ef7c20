"""How alerts are shown: worst first, those of one patient and level together, each with its reason and its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from monitor.overviews.alerts import Alert
from monitor.overviews.patients import PatientLine
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles

_TASKS = {
    "message:failed": "a text was refused",
    "message:uncertain": "a text may not have arrived",
    "reminder:no_channel": "reminders cannot be sent by text",
    "reminder:too_late": "a reminder came too late for a text",
}
_OVERDUE = "overdue:"


@dataclass(frozen=True, slots=True)
class Cause:
    """One alert."""

    title: str
    since: str
    because: str
    source: str
    seen: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """The alerts of one patient that are equally grave and for the same function."""

    level: str
    name: str
    therapy: str
    audience: str
    causes: tuple[Cause, ...]


def present_alerts(
    alerts: Iterable[Alert], *, people: Iterable[PatientLine], titles: Titles, spoken: Spoken
) -> tuple[Card, ...]:
    """`alerts` with the worst first: the cards keep that order."""
    names = {one.id: f"{one.given_name} {one.family_name}" for one in people}
    groups: dict[tuple[int, str, UUID], list[Alert]] = {}
    for one in alerts:
        groups.setdefault((one.rank, one.audience, one.patient_id), []).append(one)
    return tuple(
        Card(
            level=group[0].level,
            name=names.get(patient_id, ""),
            therapy=titles.therapy(patient_id),
            audience=audience,
            causes=tuple(_cause(one, titles, spoken) for one in group),
        )
        for (_, audience, patient_id), group in groups.items()
    )


def _cause(one: Alert, titles: Titles, spoken: Spoken) -> Cause:
    return Cause(
        title=_title(one, titles),
        since=f"since {spoken.day(one.since)}",
        because=one.because,
        source=one.source,
        seen=None if one.acknowledged_at is None else f"seen {spoken.moment(one.acknowledged_at)}",
    )


def _title(one: Alert, titles: Titles) -> str:
    if one.topic.startswith(_OVERDUE):
        return f"{titles.of(one.treatment_id, one.topic.removeprefix(_OVERDUE))} overdue"
    return _TASKS.get(one.topic, one.topic)
