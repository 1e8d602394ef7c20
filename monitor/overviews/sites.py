"""The sites of this installation, by name: whoever hands a patient over has to choose one."""

from __future__ import annotations

from uuid import UUID

import msgspec
from sqlalchemy import select

from monitor.overviews.pages import Page, beyond, fetch, make_page, read_cursor
from monitor.store.site import SiteRow
from monitor.work import Work


class Site(msgspec.Struct, frozen=True):
    """One hospital department; nothing of what it holds."""

    id: UUID
    name: str
    country: str
    timezone: str


_ROW = SiteRow
_COLUMNS = (_ROW.id, _ROW.name, _ROW.country, _ROW.timezone)
_ORDER = (_ROW.name, _ROW.id)


def sites(work: Work, *, cursor: str | None, limit: int) -> Page[Site]:
    """Every site, one's own among them."""
    query = select(*_COLUMNS).order_by(*_ORDER).limit(limit + 1)
    if (place := read_cursor(cursor, kinds=(str, UUID))) is not None:
        query = query.where(beyond(_ORDER, place))
    found = [Site(*row) for row in fetch(work, query)]
    return make_page(found, limit=limit, place=lambda one: (one.name, one.id))
