"""What else happened to one treatment, newest first: stops, waivers, tasks done, and what was taken back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, newest_first
from monitor.store.event import EventKind, EventRow
from monitor.work import Work


class Event(msgspec.Struct, frozen=True):
    """One event; which of `key`, `reason`, `vaccine` and `live` are there depends on its kind."""

    id: UUID
    treatment_id: UUID
    kind: str
    on: dt.date
    key: str | None
    reason: str | None
    vaccine: str | None
    live: bool | None
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    recorded_by: UUID
    recorded_at: dt.datetime


KINDS: tuple[str, ...] = tuple(kind.value for kind in EventKind)
_ROW = EventRow
_LATER = aliased(EventRow)
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.kind, _ROW.on, _ROW.key, _ROW.reason, _ROW.vaccine, _ROW.live,
    _ROW.is_retraction, _ROW.replaces_id, _LATER.id, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.on, _ROW.id)


def events(work: Work, *, treatment_id: UUID, cursor: str | None, limit: int) -> Page[Event]:
    """Every row ever stored of this treatment."""
    require_treatment(work, treatment_id=treatment_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.treatment_id == treatment_id)
    return newest_first(work, query, order=_ORDER, make=Event, cursor=cursor, limit=limit)
