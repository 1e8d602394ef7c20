"""Who is on duty in the demonstration: two for each function of each hospital, one of them away these days."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from uuid import UUID

from monitor.actions.add_absence import add_absence
from monitor.actions.add_turn import add_turn
from monitor.actions.users import add_user
from monitor.cli.cohort.write import Scribe
from monitor.cli.demonstration.people import AWAY, CENTRES, DEPUTIES
from monitor.terms import Actor, Audience, Role
from monitor.work import SYSTEM, Work, working

_TURN = dt.timedelta(weeks=8)
_ABSENCE = dt.timedelta(days=4)
_FUNCTIONS = {Role.NURSE: Audience.NURSE, Role.NEUROLOGIST: Audience.NEUROLOGIST}


def put_on_duty(scribe: Scribe, *, today: dt.date, at: dt.datetime) -> None:
    """Deputies, the rota as of the first day that the scribe has not written, and an absence from `today` on."""
    for centre in range(len(CENTRES)):
        site_id = scribe.site_id(centre)
        head = Actor(id=scribe.staff_id(Role.NEUROLOGIST, centre), role=Role.NEUROLOGIST, site_ids=frozenset({site_id}))
        with _work(scribe, SYSTEM, at) as work:
            deputies = {role: add_user(work, name=name, role=role, site_ids=(site_id,)) for role, name in _of(centre)}
        with _work(scribe, head, at) as work:
            for role, deputy_id in deputies.items():
                _put(work, site_id, role, (scribe.staff_id(role, centre), deputy_id), from_on=scribe.on)
            role, where = AWAY
            if centre == where:
                add_absence(
                    work, staff_id=scribe.staff_id(role, centre), starts_on=today, ends_on=today + _ABSENCE
                )  # fmt: skip


def _of(centre: int) -> list[tuple[Role, str]]:
    return list(DEPUTIES[centre].items())


def _put(work: Work, site_id: UUID, role: Role, staff: tuple[UUID, ...], *, from_on: dt.date) -> None:
    for place, staff_id in enumerate(staff, start=1):
        add_turn(
            work, site_id=site_id, audience=_FUNCTIONS[role], staff_id=staff_id, place=place, starts_on=from_on,
            ends_on=from_on + _TURN,
        )  # fmt: skip


def _work(scribe: Scribe, by: Actor, at: dt.datetime) -> AbstractContextManager[Work]:
    place = scribe.place
    return working(place.sessions, catalog=place.catalog, by=by, at=at, settings=place.settings)
