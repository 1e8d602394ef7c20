"""The alerts inbox, worst first, and one alert: why somebody must act, since when, on what authority."""

from __future__ import annotations

import datetime as dt
import heapq
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, select

from monitor.overviews.pages import Page, beyond, fetch, make_page, read_cursor
from monitor.overviews.site_days import site_days
from monitor.store.alert import AlertRow
from monitor.terms import Missing
from monitor.work import Work


class Alert(msgspec.Struct, frozen=True):
    """One cause for one function to act; nothing in it names the patient."""

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


_ROW = AlertRow
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.patient_id, _ROW.site_id, _ROW.topic, _ROW.audience, _ROW.level, _ROW.rank,
    _ROW.since, _ROW.because, _ROW.source, _ROW.opened_at, _ROW.acknowledged_at, _ROW.acknowledged_by, _ROW.closed_at,
    _ROW.closed_by, _ROW.closing_reason,
)  # fmt: skip
_ORDER = (_ROW.rank, _ROW.since, _ROW.id)


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
    parts = []
    for site in site_days(work, only=site_id):
        query = _query(site, is_open=is_open).limit(limit + 1)
        if patient_id is not None:
            query = query.where(_ROW.patient_id == patient_id)
        if audience is not None:
            query = query.where(_ROW.audience == audience)
        if level is not None:
            query = query.where(_ROW.level == level)
        if place is not None:
            query = query.where(beyond(_ORDER, place))
        parts.append([Alert(*row) for row in fetch(work, query)])
    found = list(islice(heapq.merge(*parts, key=_place), limit + 1))
    return make_page(found, limit=limit, place=_place)


def alert(work: Work, *, alert_id: UUID) -> Alert:
    """One alert; `Missing` where there is none, or it is of another site."""
    query = select(*_COLUMNS).where(_ROW.id == alert_id, _ROW.site_id.in_(work.by.site_ids))
    rows = fetch(work, query)
    if not rows:
        raise Missing("no such alert")
    return Alert(*rows[0])


def _query(site: UUID, *, is_open: bool) -> Select[*tuple[Any, ...]]:
    which = _ROW.closed_at.is_(None) if is_open else _ROW.closed_at.is_not(None)
    return select(*_COLUMNS).where(_ROW.site_id == site, which).order_by(*_ORDER)


def _place(alert: Alert) -> tuple[int, dt.date, UUID]:
    return alert.rank, alert.since, alert.id
