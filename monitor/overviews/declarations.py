"""What patients said that they have done of one treatment, the newest first; none of it counts."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, newest_first
from monitor.store.declaration import DeclarationRow
from monitor.work import Work


class Declaration(msgspec.Struct, frozen=True):
    """One declaration as it is stored."""

    id: UUID
    treatment_id: UUID
    key: str
    declared_on: dt.date
    reason: str | None
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = DeclarationRow
_LATER = aliased(DeclarationRow)
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.key, _ROW.declared_on, _ROW.reason, _ROW.is_retraction,
    _ROW.replaces_id, _LATER.id, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.recorded_at, _ROW.id)


def declarations(work: Work, *, treatment_id: UUID, cursor: str | None, limit: int) -> Page[Declaration]:
    """Every row ever stored of this treatment."""
    require_treatment(work, treatment_id=treatment_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.treatment_id == treatment_id)
    return newest_first(work, query, order=_ORDER, make=Declaration, cursor=cursor, limit=limit, kind=dt.datetime)
