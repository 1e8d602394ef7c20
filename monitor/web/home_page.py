"""Who is in the demonstration: one line for each patient, with what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from monitor.overviews.agenda import AgendaItem
from monitor.overviews.patients import PatientLine
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles


@dataclass(frozen=True, slots=True)
class Person:
    """One patient."""

    name: str
    id: str
    therapy: str
    next: str


def present_people(
    people: Iterable[PatientLine], *, titles: Titles, items: Iterable[AgendaItem], spoken: Spoken
) -> tuple[Person, ...]:
    """In the order of their given names; `items` with the earliest first."""
    first: dict[UUID, AgendaItem] = {}
    for item in items:
        first.setdefault(item.patient_id, item)
    return tuple(
        Person(
            name=f"{one.given_name} {one.family_name}",
            id=str(one.id),
            therapy=titles.therapy(one.id),
            next=_next(one, first.get(one.id), titles, spoken),
        )
        for one in sorted(people, key=lambda one: one.given_name)
    )


def _next(one: PatientLine, item: AgendaItem | None, titles: Titles, spoken: Spoken) -> str:
    if one.died_on is not None:
        return f"died on {spoken.day(one.died_on)}: nothing is asked any more"
    if item is None:
        return "nothing is due"
    title = titles.of(item.treatment_id, item.stream)
    held = ", on hold" if "suspended" in item.blocked_by else ""
    return f"{title}, due {spoken.day(item.due_on)} ({spoken.distance(item.due_on)}){held}"
