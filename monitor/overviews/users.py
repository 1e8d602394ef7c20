"""The accounts of an installation and its sites, for whoever looks after them; never a token."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import and_, func, select

from monitor.overviews.pages import Page, beyond, fetch, make_page, read_cursor
from monitor.store.site import SiteRow
from monitor.store.staff import StaffRow, StaffSiteRow, StaffTokenRow, is_within
from monitor.terms import Missing
from monitor.work import Work


class User(msgspec.Struct, frozen=True):
    """One account; `tokens` counts those that still open something."""

    id: UUID
    name: str
    role: str
    is_active: bool
    sites: tuple[str, ...]
    tokens: int


def users(work: Work) -> tuple[User, ...]:
    """Every account, in the order of the names."""
    live = and_(
        StaffTokenRow.staff_id == StaffRow.id, StaffTokenRow.revoked_at.is_(None), StaffTokenRow.expires_at > work.at
    )
    query = (
        select(
            StaffRow.id, StaffRow.name, StaffRow.role, StaffRow.is_active, func.count(StaffTokenRow.id),
        )
        .outerjoin(StaffTokenRow, live)
        .group_by(StaffRow.id, StaffRow.name, StaffRow.role, StaffRow.is_active)
        .order_by(StaffRow.name)
    )  # fmt: skip
    sites: dict[UUID, list[str]] = {}
    of_staff = select(StaffSiteRow.staff_id, SiteRow.name).join(SiteRow, SiteRow.id == StaffSiteRow.site_id)
    for staff_id, name in work.session.execute(of_staff.order_by(SiteRow.name)):
        sites.setdefault(staff_id, []).append(name)
    return tuple(
        User(staff_id, name, role, is_active, tuple(sites.get(staff_id, ())), tokens)
        for staff_id, name, role, is_active, tokens in work.session.execute(query)
    )


class Account(msgspec.Struct, frozen=True):
    """One account, as an administrator of its sites sees it; `version` is what a change must name."""

    id: UUID
    name: str
    role: str
    is_active: bool
    created_at: dt.datetime
    version: int
    email: str | None
    email_refused_at: dt.datetime | None
    language: str | None
    site_ids: tuple[UUID, ...] = ()


_ROW = StaffRow
_COLUMNS = (
    _ROW.id, _ROW.name, _ROW.role, _ROW.is_active, _ROW.created_at, _ROW.version, _ROW.email, _ROW.email_refused_at,
    _ROW.language,
)  # fmt: skip
_ORDER = (_ROW.created_at, _ROW.id)


def accounts(work: Work, *, cursor: str | None, limit: int) -> Page[Account]:
    """Those that have no site but one's own, closed ones included, in the order in which they were made."""
    query = select(*_COLUMNS).where(is_within(work.by.site_ids)).order_by(*_ORDER).limit(limit + 1)
    if (place := read_cursor(cursor, kinds=(dt.datetime, UUID))) is not None:
        query = query.where(beyond(_ORDER, place))
    found = _with_sites(work, [Account(*row) for row in fetch(work, query)])
    return make_page(found, limit=limit, place=lambda one: (one.created_at, one.id))


def account(work: Work, *, user_id: UUID) -> Account:
    """One of them; `Missing` where there is none, or it has other sites too."""
    query = select(*_COLUMNS).where(is_within(work.by.site_ids), _ROW.id == user_id)
    found = _with_sites(work, [Account(*row) for row in fetch(work, query)])
    if not found:
        raise Missing("no such account", field="user_id")
    return found[0]


def _with_sites(work: Work, found: list[Account]) -> list[Account]:
    query = select(StaffSiteRow.staff_id, StaffSiteRow.site_id).order_by(StaffSiteRow.site_id)
    sites: dict[UUID, list[UUID]] = {}
    for staff_id, site_id in fetch(work, query.where(StaffSiteRow.staff_id.in_([one.id for one in found]))):
        sites.setdefault(staff_id, []).append(site_id)
    return [msgspec.structs.replace(one, site_ids=tuple(sites[one.id])) for one in found]


def user_named(work: Work, *, name: str) -> UUID:
    """The account of this name; raises Missing."""
    found = work.session.scalar(select(StaffRow.id).where(StaffRow.name == name))
    if found is None:
        raise Missing("no such account", field="user")
    return found


def site_named(work: Work, *, name: str) -> UUID:
    """The site of this name; raises Missing."""
    found = work.session.scalar(select(SiteRow.id).where(SiteRow.name == name))
    if found is None:
        raise Missing("no such site", field="site")
    return found
