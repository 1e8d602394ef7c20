"""The rota of one's sites, and the colleagues who can be put on it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, select

from monitor.overviews.pages import Page, beyond, fetch, make_page, newest_first, read_cursor
from monitor.store.rota import RotaRow
from monitor.store.staff import StaffRow, StaffSiteRow
from monitor.terms import Audience, Missing
from monitor.work import Work


class RotaTurn(msgspec.Struct, frozen=True):
    """One turn, from its first day to the day before `ends_on`; one that was withdrawn counts no longer."""

    id: UUID
    site_id: UUID
    audience: str
    staff_id: UUID
    name: str
    place: int
    starts_on: dt.date
    ends_on: dt.date
    recorded_by: UUID
    recorded_at: dt.datetime
    withdrawn_at: dt.datetime | None
    withdrawn_by: UUID | None


class Member(msgspec.Struct, frozen=True):
    """Somebody active, with the function of their role."""

    id: UUID
    name: str
    audience: str


_ROW = RotaRow
_COLUMNS = (
    _ROW.id, _ROW.site_id, _ROW.audience, _ROW.staff_id, StaffRow.name, _ROW.place, _ROW.starts_on, _ROW.ends_on,
    _ROW.recorded_by, _ROW.recorded_at, _ROW.withdrawn_at, _ROW.withdrawn_by,
)  # fmt: skip
_ORDER = (_ROW.starts_on, _ROW.id)
_BY_NAME = (StaffRow.name, StaffRow.id)
_FUNCTIONS = tuple(audience.value for audience in Audience)


def turns(
    work: Work,
    *,
    cursor: str | None,
    limit: int,
    site_id: UUID | None = None,
    audience: str | None = None,
    on: dt.date | None = None,
) -> Page[RotaTurn]:
    """Those that begin last first, withdrawn ones included; `on`: only those of that day."""
    query = _within(work)
    if site_id is not None:
        query = query.where(_ROW.site_id == site_id)
    if audience is not None:
        query = query.where(_ROW.audience == audience)
    if on is not None:
        query = query.where(_ROW.starts_on <= on, _ROW.ends_on > on)
    return newest_first(work, query, order=_ORDER, make=RotaTurn, cursor=cursor, limit=limit)


def turn(work: Work, *, turn_id: UUID) -> RotaTurn:
    """One turn; `Missing` where there is none, or it is of another site."""
    found = fetch(work, _within(work).where(_ROW.id == turn_id))
    if not found:
        raise Missing("no such turn", field="turn_id")
    return RotaTurn(*found[0])


def colleagues(work: Work, *, site_id: UUID, cursor: str | None, limit: int) -> Page[Member]:
    """The nurses and neurologists of a site of one's own, in the order of their names. Raises Missing."""
    if site_id not in work.by.site_ids:
        raise Missing("no such site", field="site_id")
    query = (
        select(StaffRow.id, StaffRow.name, StaffRow.role)
        .join(StaffSiteRow, StaffSiteRow.staff_id == StaffRow.id)
        .where(StaffSiteRow.site_id == site_id, StaffRow.is_active, StaffRow.role.in_(_FUNCTIONS))
        .order_by(*_BY_NAME)
        .limit(limit + 1)
    )
    if (place := read_cursor(cursor, kinds=(str, UUID))) is not None:
        query = query.where(beyond(_BY_NAME, place))
    found = [Member(*row) for row in fetch(work, query)]
    return make_page(found, limit=limit, place=lambda one: (one.name, one.id))


def _within(work: Work) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).join(StaffRow, StaffRow.id == _ROW.staff_id).where(_ROW.site_id.in_(work.by.site_ids))
