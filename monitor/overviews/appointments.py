"""The visits agreed for one treatment, the latest day first, and what became of each."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, newest_first
from monitor.store.appointment import AppointmentRow
from monitor.work import Work


class Appointment(msgspec.Struct, frozen=True):
    """One visit as it was agreed; it stands where nothing replaced it and it is no retraction."""

    id: UUID
    treatment_id: UUID
    keys: tuple[str, ...]
    on: dt.date
    time: dt.time | None
    place: str | None
    reason: str | None
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = AppointmentRow
_LATER = aliased(AppointmentRow)
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.keys, _ROW.on, _ROW.time, _ROW.place, _ROW.reason, _ROW.is_retraction,
    _ROW.replaces_id, _LATER.id, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.on, _ROW.id)


def appointments(work: Work, *, treatment_id: UUID, cursor: str | None, limit: int) -> Page[Appointment]:
    """Every row ever stored of this treatment."""
    require_treatment(work, treatment_id=treatment_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.treatment_id == treatment_id)
    return newest_first(work, query, order=_ORDER, make=Appointment, cursor=cursor, limit=limit)
