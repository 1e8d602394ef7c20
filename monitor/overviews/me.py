"""Who am I signed in as, and which sites may I act for?"""

from __future__ import annotations

from uuid import UUID

import msgspec
from sqlalchemy import select

from monitor.store.site import SiteRow
from monitor.store.staff import StaffRow
from monitor.work import Work


class MySite(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    country: str
    timezone: str


class Me(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    role: str
    sites: tuple[MySite, ...]


def me(work: Work) -> Me:
    """The account behind the token of this request, with its sites in the order of their names."""
    name = work.session.execute(select(StaffRow.name).where(StaffRow.id == work.by.id)).scalar_one()
    query = (
        select(SiteRow.id, SiteRow.name, SiteRow.country, SiteRow.timezone)
        .where(SiteRow.id.in_(work.by.site_ids))
        .order_by(SiteRow.name)
    )
    sites = tuple(MySite(*row) for row in work.session.execute(query))
    return Me(id=work.by.id, name=name, role=work.by.role.value, sites=sites)
