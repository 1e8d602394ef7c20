"""How the work list is shown: four parts, and in each what one patient needs on one day as one entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from monitor.overviews.agenda import AgendaItem, Bucket
from monitor.schedules.calendar import SUSPENDED
from monitor.web.centres import Centres
from monitor.web.held_doses import HeldDoses
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles

_HEADINGS = {
    Bucket.OVERDUE: ("Overdue", "Nothing is overdue."),
    Bucket.LATE: ("Late", "Nothing is late."),
    Bucket.TODAY: ("Open now", "Nothing is open."),
    Bucket.UPCOMING: ("Upcoming", "Nothing is coming."),
}
_IN_SIGHT = dt.timedelta(weeks=1)
_DOSES_FIRST = {"dose": 0, "task": 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one patient needs on one day."""

    patient_id: UUID
    name: str
    therapy: str
    centre: str | None
    when: str
    distance: str
    what: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four parts of the work list; `later` is what nobody need think of yet."""

    id: str
    heading: str
    nothing: str
    entries: tuple[Entry, ...]
    later: tuple[Entry, ...]


def present_agenda(
    items: Iterable[AgendaItem], *, titles: Titles, centres: Centres, held: HeldDoses, spoken: Spoken
) -> tuple[Part, ...]:
    """The four parts, the most pressing first; each in the order of the due dates."""
    groups: dict[tuple[Bucket, dt.date, UUID], list[AgendaItem]] = {}
    for item in sorted(items, key=_place):
        groups.setdefault((Bucket(item.bucket), item.due_on, item.treatment_id), []).append(item)
    show = partial(_entry, titles=titles, centres=centres, held=held, spoken=spoken)
    horizon = spoken.today + _IN_SIGHT
    return tuple(
        _part(bucket, [group for (part, _, _), group in groups.items() if part is bucket], show, horizon=horizon)
        for bucket in _HEADINGS
    )


def _place(item: AgendaItem) -> tuple[dt.date, str, int, str]:
    """By day, then patient; the dose before what goes with it."""
    return item.due_on, item.family_name, _DOSES_FIRST.get(item.kind, 1), item.key


def _part(
    bucket: Bucket, groups: list[list[AgendaItem]], show: Callable[[list[AgendaItem]], Entry], *, horizon: dt.date
) -> Part:
    heading, nothing = _HEADINGS[bucket]
    return Part(
        id=bucket.value,
        heading=heading,
        nothing=nothing,
        entries=tuple(show(group) for group in groups if group[0].due_on <= horizon),
        later=tuple(show(group) for group in groups if group[0].due_on > horizon),
    )


def _entry(group: list[AgendaItem], *, titles: Titles, centres: Centres, held: HeldDoses, spoken: Spoken) -> Entry:
    first = group[0]
    return Entry(
        patient_id=first.patient_id,
        name=f"{first.given_name} {first.family_name}",
        therapy=titles.therapy(first.patient_id),
        centre=centres.name(first.site_id),
        when=spoken.day(first.due_on),
        distance=spoken.distance(first.due_on),
        what=tuple(titles.item(item) for item in group),
        notes=(*(note for item in group if (note := held.note(item))), *_notes(group, spoken)),
    )


def _notes(group: list[AgendaItem], spoken: Spoken) -> Iterator[str]:
    """What a person would add: that it is held, agreed, under way, was moved, or is better done on another day."""
    first = group[0]
    if any(SUSPENDED in item.blocked_by for item in group):
        yield "on hold: the treatment is suspended"
    elif first.waiting_since is not None:
        yield f"a sample was taken on {spoken.day(first.waiting_since)}: its result is awaited"
    elif first.time is not None:
        yield f"visit agreed at {first.time:%H:%M}{f', {first.place}' if first.place else ''}"
    elif first.moved_from is not None:
        yield f"moved from {spoken.day(first.moved_from)}"
    elif first.suggested_on != first.due_on and first.bucket == Bucket.UPCOMING:
        yield f"suggested: {spoken.day(first.suggested_on)}, a working day"
