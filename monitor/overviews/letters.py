"""The letters about one treatment that somebody posted, the newest first, and which of them were taken back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, newest_first
from monitor.store.letter import LetterRow
from monitor.work import Work


class Letter(msgspec.Struct, frozen=True):
    """One letter that was posted, and the items it was about."""

    id: UUID
    treatment_id: UUID
    to: str
    keys: tuple[str, ...]
    sent_on: dt.date
    is_registered: bool
    reason: str | None
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = LetterRow
_LATER = aliased(LetterRow)
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.addressee, _ROW.keys, _ROW.sent_on, _ROW.is_registered, _ROW.reason,
    _ROW.is_retraction, _ROW.replaces_id, _LATER.id, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.sent_on, _ROW.id)


def letters(work: Work, *, treatment_id: UUID, cursor: str | None, limit: int) -> Page[Letter]:
    """Every row ever stored of this treatment."""
    require_treatment(work, treatment_id=treatment_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.treatment_id == treatment_id)
    return newest_first(work, query, order=_ORDER, make=Letter, cursor=cursor, limit=limit)
