"""The accounts of an installation and its sites, for whoever looks after them; never a token."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import and_, func, select

from monitor.store.site import SiteRow
from monitor.store.staff import StaffRow, StaffSiteRow, StaffTokenRow
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
    last_expiry_at: dt.datetime | None


def users(work: Work) -> tuple[User, ...]:
    """Every account, in the order of the names."""
    live = and_(
        StaffTokenRow.staff_id == StaffRow.id, StaffTokenRow.revoked_at.is_(None), StaffTokenRow.expires_at > work.at
    )
    query = (
        select(
            StaffRow.id, StaffRow.name, StaffRow.role, StaffRow.is_active,
            func.count(StaffTokenRow.id), func.max(StaffTokenRow.expires_at),
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
        User(staff_id, name, role, is_active, tuple(sites.get(staff_id, ())), tokens, expiry)
        for staff_id, name, role, is_active, tokens, expiry in work.session.execute(query)
    )


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
