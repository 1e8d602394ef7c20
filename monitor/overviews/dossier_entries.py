"""The history of a dossier: every statement ever made, newest first, corrected and retracted ones included."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, newest_first
from monitor.store.dossier import DossierRow
from monitor.work import Work


class DossierEntry(msgspec.Struct, frozen=True):
    """One statement; `replaced_by` names its correction or retraction where there is one."""

    id: UUID
    treatment_id: UUID
    section: str
    content: dict[str, Any]
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    reason: str | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = DossierRow
_LATER = aliased(DossierRow)
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.section, _ROW.content, _ROW.is_retraction, _ROW.replaces_id, _LATER.id,
    _ROW.reason, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.recorded_at, _ROW.id)


def dossier_entries(
    work: Work, *, treatment_id: UUID, cursor: str | None, limit: int, section: str | None = None
) -> Page[DossierEntry]:
    """Every row ever stored of this dossier, or of one of its sections."""
    require_treatment(work, treatment_id=treatment_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.treatment_id == treatment_id)
    if section is not None:
        query = query.where(_ROW.section == section)
    return newest_first(work, query, order=_ORDER, make=_entry, cursor=cursor, limit=limit, kind=dt.datetime)


def _entry(key: UUID, treatment_id: UUID, section: str, content: str, *rest: Any) -> DossierEntry:
    return DossierEntry(key, treatment_id, section, msgspec.json.decode(content), *rest)
