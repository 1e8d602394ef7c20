"""How alerts are shown: worst first, those of one patient and level together, each with who must know and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from monitor.overviews.alerts import Alert
from monitor.overviews.patients import PatientLine
from monitor.schedules.topics import OVERDUE
from monitor.terms import Level
from monitor.web.alert_letters import letter_lines
from monitor.web.alert_waiting import waiting
from monitor.web.alert_words import Line, name_of, told, was_due
from monitor.web.centres import Centres
from monitor.web.duty import Duty
from monitor.web.held_doses import HeldDoses
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles

_PRESSING = frozenset({Level.CRITICAL.value, Level.URGENT.value})
_REPEAT = f"{OVERDUE}repeat/"


@dataclass(frozen=True, slots=True)
class Chart:
    """The values of an analyte over time: where the picture is, and what it shows for whoever cannot see it."""

    treatment_id: UUID
    analyte: str
    alt: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Alerts that began on the same day: the first in full, of the others the reasons one step away."""

    title: str
    since: str
    lines: tuple[Line, ...]
    more: str
    others: tuple[tuple[Line, ...], ...]
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Card:
    """The alerts of one patient that are equally grave and for the same function."""

    id: str
    level: str
    patient_id: UUID
    name: str
    born: str
    therapy: str
    centre: str | None
    audience: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """The alerts of today in sight; those that can wait, and those that somebody put off, one step away."""

    pressing: tuple[Card, ...]
    others: tuple[Card, ...]
    put_off: tuple[Card, ...]


@dataclass(slots=True)
class Scene:
    """What the cards are made of beside the alerts; a chart is shown once for each patient and analyte."""

    people: Mapping[UUID, PatientLine]
    titles: Titles
    centres: Centres
    duty: Duty
    held: HeldDoses
    spoken: Spoken
    shown: set[tuple[UUID, str]] = field(default_factory=set)

    def name(self, patient_id: UUID) -> str:
        one = self.people.get(patient_id)
        return "" if one is None else f"{one.given_name} {one.family_name}"

    def born(self, patient_id: UUID) -> str:
        one = self.people.get(patient_id)
        return "" if one is None else self.spoken.born(one.birth_date)

    def is_due_today(self, one: Alert) -> bool:
        return was_due(one) == self.spoken.today


def present_alerts(
    alerts: Iterable[Alert],
    put_off: Iterable[Alert],
    *,
    people: Iterable[PatientLine],
    titles: Titles,
    centres: Centres,
    duty: Duty,
    held: HeldDoses,
    spoken: Spoken,
) -> Inbox:
    """Both with the worst first: the cards keep that order."""
    scene = Scene({one.id: one for one in people}, titles, centres, duty, held, spoken)
    cards = _cards(alerts, scene)
    return Inbox(
        pressing=tuple(card for card in cards if card.level in _PRESSING),
        others=tuple(card for card in cards if card.level not in _PRESSING),
        put_off=tuple(_cards(put_off, scene, called="put-off-")),
    )


def _cards(alerts: Iterable[Alert], scene: Scene, *, called: str = "") -> list[Card]:
    groups: dict[tuple[int, str, UUID], list[Alert]] = {}
    for one in alerts:
        groups.setdefault((one.rank, one.audience, one.patient_id), []).append(one)
    return [
        Card(
            id=f"{called}{group[0].level}-{audience}-{patient_id}",
            level=group[0].level,
            patient_id=patient_id,
            name=scene.name(patient_id),
            born=scene.born(patient_id),
            therapy=scene.titles.therapy(patient_id),
            centre=scene.centres.name(group[0].site_id),
            audience=audience,
            causes=tuple(_cause(list(same), scene) for _, same in groupby(group, key=lambda one: _began(one, scene))),
        )
        for (_, audience, patient_id), group in groups.items()
    ]


def _began(one: Alert, scene: Scene) -> tuple[object, ...]:
    """What the alerts under one heading share; a value, a sign and a repeat stand alone."""
    if one.topic.startswith(OVERDUE) and not one.topic.startswith(_REPEAT):
        return one.since, scene.is_due_today(one), one.acknowledged_at, one.snoozed_until, one.step
    return (one.id,)


def _cause(same: list[Alert], scene: Scene) -> Cause:
    first, *others = same
    titles, spoken = scene.titles, scene.spoken
    held = scene.held.behind(first)
    return Cause(
        title=_title(same, scene),
        since=_since(first, scene),
        lines=(*told(first, titles, spoken), *held, *letter_lines(first, spoken), *waiting(first, scene.duty, spoken)),
        more=f"{len(others)} more reason{'' if len(others) == 1 else 's'}",
        others=tuple(told(one, titles, spoken) for one in others),
        chart=_chart(first, scene),
    )


def _title(same: list[Alert], scene: Scene) -> str:
    first = same[0]
    if not first.topic.startswith(OVERDUE):
        return name_of(first, scene.titles) if first.holds else f"No longer found: {name_of(first, scene.titles)}"
    names = ", ".join(scene.titles.of(one.treatment_id, one.topic.removeprefix(OVERDUE)) for one in same)
    is_today = scene.is_due_today(first)
    if first.topic.startswith(_REPEAT):
        return f"{names}, {'to be taken today' if is_today else 'not taken'}"
    return f"{'To be done today' if is_today else 'Not done'}: {names}"


def _since(first: Alert, scene: Scene) -> str:
    """Since when; what is due has its day."""
    due_on = was_due(first)
    if due_on is None:
        return f"since {scene.spoken.day(first.since)}"
    return f"due {scene.spoken.day(due_on)}, {scene.spoken.distance(due_on)}"


def _chart(one: Alert, scene: Scene) -> Chart | None:
    if one.analyte is None or one.treatment_id is None or (one.patient_id, one.analyte) in scene.shown:
        return None
    scene.shown.add((one.patient_id, one.analyte))
    return Chart(
        one.treatment_id,
        one.analyte,
        f"How {scene.titles.analyte(one.analyte)} went for {scene.name(one.patient_id)}; opens alone, larger",
    )
