"""The alerts inbox, worst first, and one alert: why somebody must act, since when, on what authority."""

from __future__ import annotations

import datetime as dt
import heapq
from itertools import islice
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select

from monitor.overviews.pages import Page, beyond, fetch, make_page, read_cursor
from monitor.overviews.site_days import site_days
from monitor.store.alert import AlertRow
from monitor.terms import Missing
from monitor.work import Work


class Alert(msgspec.Struct, frozen=True):
    """One cause for one function to act; nothing in it names the patient. `version` is what a change must name."""

    id: UUID
    treatment_id: UUID | None
    patient_id: UUID
    site_id: UUID
    topic: str
    audience: str
    level: str
    rank: int
    since: dt.date
    because: str
    source: str
    opened_at: dt.datetime
    acknowledged_at: dt.datetime | None
    acknowledged_by: UUID | None
    closed_at: dt.datetime | None
    closed_by: UUID | None
    closing_reason: str | None
    version: int


_ROW = AlertRow
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.patient_id, _ROW.site_id, _ROW.topic, _ROW.audience, _ROW.level, _ROW.rank,
    _ROW.since, _ROW.because, _ROW.source, _ROW.opened_at, _ROW.acknowledged_at, _ROW.acknowledged_by, _ROW.closed_at,
    _ROW.closed_by, _ROW.closing_reason, _ROW.version,
)  # fmt: skip
_ORDER = (_ROW.rank, _ROW.since, _ROW.id)
_OF_ONE_SITE = select(*_COLUMNS).where(_ROW.site_id == bindparam("site")).order_by(*_ORDER)
_OPEN = _OF_ONE_SITE.where(_ROW.closed_at.is_(None))
_CLOSED = _OF_ONE_SITE.where(_ROW.closed_at.is_not(None))


def alerts(
    work: Work,
    *,
    cursor: str | None,
    limit: int,
    is_open: bool = True,
    site_id: UUID | None = None,
    patient_id: UUID | None = None,
    audience: str | None = None,
    level: str | None = None,
) -> Page[Alert]:
    """The most pressing first, then the oldest; open ones unless closed ones are asked for.

    One query a site, merged: each can walk its index from the cursor on.
    """
    place = read_cursor(cursor, kinds=(int, dt.date, UUID))
    query = _OPEN if is_open else _CLOSED
    if patient_id is not None:
        query = query.where(_ROW.patient_id == patient_id)
    if audience is not None:
        query = query.where(_ROW.audience == audience)
    if level is not None:
        query = query.where(_ROW.level == level)
    if place is not None:
        query = query.where(beyond(_ORDER, place))
    query = query.limit(limit + 1)
    sites = site_days(work, only=site_id)
    parts = [[Alert(*row) for row in fetch(work, query, site=site)] for site in sites]
    found = list(islice(heapq.merge(*parts, key=_place), limit + 1))
    return make_page(found, limit=limit, place=_place)


def alert(work: Work, *, alert_id: UUID) -> Alert:
    """One alert; `Missing` where there is none, or it is of another site."""
    query = select(*_COLUMNS).where(_ROW.id == alert_id, _ROW.site_id.in_(work.by.site_ids))
    rows = fetch(work, query)
    if not rows:
        raise Missing("no such alert", field="alert_id")
    return Alert(*rows[0])


def _place(alert: Alert) -> tuple[int, dt.date, UUID]:
    return alert.rank, alert.since, alert.id
