"""Which sites somebody may look at, and what day it is on the wall of each."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import bindparam, select

from monitor.store.site import SiteRow, known_zone
from monitor.work import Work

_ZONES = select(SiteRow.id, SiteRow.timezone).where(SiteRow.id.in_(bindparam("ids", expanding=True)))


def site_days(work: Work, *, only: UUID | None = None) -> dict[UUID, dt.date]:
    """Today at each site of whoever asks; `only` narrows it to one, which leaves nothing where it is not theirs."""
    ids = work.by.site_ids if only is None else work.by.site_ids & {only}
    rows = work.session.execute(_ZONES, {"ids": tuple(ids)})
    return {site_id: work.today(known_zone(timezone)) for site_id, timezone in rows}
