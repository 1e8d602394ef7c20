"""The samples noted as taken for one treatment, the newest first, and which note was taken back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, newest_first
from monitor.store.sample_taken import SampleTakenRow
from monitor.work import Work


class Sample(msgspec.Struct, frozen=True):
    """One note of a sample; whether its result is still awaited stands in the calendar and on the work list."""

    id: UUID
    treatment_id: UUID
    keys: tuple[str, ...]
    taken_on: dt.date
    laboratory: str | None
    reason: str | None
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = SampleTakenRow
_LATER = aliased(SampleTakenRow)
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.keys, _ROW.taken_on, _ROW.laboratory, _ROW.reason, _ROW.is_retraction,
    _ROW.replaces_id, _LATER.id, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.taken_on, _ROW.id)


def samples(work: Work, *, treatment_id: UUID, cursor: str | None, limit: int) -> Page[Sample]:
    """Every row ever stored of this treatment."""
    require_treatment(work, treatment_id=treatment_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.treatment_id == treatment_id)
    return newest_first(work, query, order=_ORDER, make=Sample, cursor=cursor, limit=limit)
