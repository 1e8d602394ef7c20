"""Who is in the demonstration: one line for each patient, with what comes next."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from monitor.overviews.agenda import AgendaItem, Bucket
from monitor.overviews.patients import PatientLine
from monitor.schedules.calendar import SUSPENDED
from monitor.web.centres import Centres
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles


@dataclass(frozen=True, slots=True)
class Person:
    """One patient; `state` is the most pressing part of the work list that names them."""

    patient_id: UUID
    name: str
    therapy: str
    centre: str | None
    state: str
    next: str


def present_people(
    people: Iterable[PatientLine], *, titles: Titles, items: Iterable[AgendaItem], centres: Centres, spoken: Spoken
) -> tuple[Person, ...]:
    """In the order of their names."""
    first: dict[UUID, AgendaItem] = {}
    for item in sorted(items, key=_pressing):
        first.setdefault(item.patient_id, item)
    return tuple(
        Person(
            patient_id=one.id,
            name=f"{one.given_name} {one.family_name}",
            therapy=titles.therapy(one.id),
            centre=centres.name(one.site_id),
            state=first[one.id].bucket if one.id in first else "",
            next=_next(one, first.get(one.id), titles, spoken),
        )
        for one in sorted(people, key=_alphabet)
    )


def _pressing(item: AgendaItem) -> tuple[int, dt.date, bool]:
    """What is overdue first, then late, then due; of one day the dose."""
    return list(Bucket).index(Bucket(item.bucket)), item.due_on, item.kind != "dose"


def _alphabet(one: PatientLine) -> str:
    """É stands with E."""
    return unicodedata.normalize("NFKD", one.given_name).casefold()


def _next(one: PatientLine, item: AgendaItem | None, titles: Titles, spoken: Spoken) -> str:
    if one.died_on is not None:
        return f"died on {spoken.day(one.died_on)}: nothing is asked any more"
    if item is None:
        return "nothing is due"
    title = titles.item(item)
    held = ", on hold" if SUSPENDED in item.blocked_by else ""
    return f"{title}, due {spoken.day(item.due_on)} ({spoken.distance(item.due_on)}){held}"
