"""Who of the colleagues of one's sites is away, and when; never why."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, exists, select

from monitor.overviews.pages import Page, fetch, newest_first
from monitor.store.absence import AbsenceRow
from monitor.store.staff import StaffRow, StaffSiteRow
from monitor.terms import Missing
from monitor.work import Work


class Absence(msgspec.Struct, frozen=True):
    """One absence, from its first day to the day before `ends_on`; one that was withdrawn counts no longer."""

    id: UUID
    staff_id: UUID
    name: str
    starts_on: dt.date
    ends_on: dt.date
    recorded_by: UUID
    recorded_at: dt.datetime
    withdrawn_at: dt.datetime | None
    withdrawn_by: UUID | None


_ROW = AbsenceRow
_COLUMNS = (
    _ROW.id, _ROW.staff_id, StaffRow.name, _ROW.starts_on, _ROW.ends_on, _ROW.recorded_by, _ROW.recorded_at,
    _ROW.withdrawn_at, _ROW.withdrawn_by,
)  # fmt: skip
_ORDER = (_ROW.starts_on, _ROW.id)


def absences(
    work: Work, *, cursor: str | None, limit: int, staff_id: UUID | None = None, on: dt.date | None = None
) -> Page[Absence]:
    """Those that begin last first, withdrawn ones included; `on`: only those of that day."""
    query = _within(work)
    if staff_id is not None:
        query = query.where(_ROW.staff_id == staff_id)
    if on is not None:
        query = query.where(_ROW.starts_on <= on, _ROW.ends_on > on)
    return newest_first(work, query, order=_ORDER, make=Absence, cursor=cursor, limit=limit)


def absence(work: Work, *, absence_id: UUID) -> Absence:
    """One absence; `Missing` where there is none, or it is of nobody at one's sites."""
    found = fetch(work, _within(work).where(_ROW.id == absence_id))
    if not found:
        raise Missing("no such absence", field="absence_id")
    return Absence(*found[0])


def _within(work: Work) -> Select[*tuple[Any, ...]]:
    colleague = exists().where(StaffSiteRow.staff_id == _ROW.staff_id, StaffSiteRow.site_id.in_(work.by.site_ids))
    return select(*_COLUMNS).join(StaffRow, StaffRow.id == _ROW.staff_id).where(colleague)
