"""The telephone calls about one treatment, the newest first, and what came of each."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, newest_first
from monitor.store.call import Callee, CallOutcome, CallRow
from monitor.work import Work

CALLEES: tuple[str, ...] = tuple(callee.value for callee in Callee)
OUTCOMES: tuple[str, ...] = tuple(outcome.value for outcome in CallOutcome)


class Call(msgspec.Struct, frozen=True):
    """One call; without keys it was about the treatment as a whole."""

    id: UUID
    treatment_id: UUID
    keys: tuple[str, ...]
    called_at: dt.datetime
    callee: str
    outcome: str
    reason: str | None
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = CallRow
_LATER = aliased(CallRow)
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.keys, _ROW.called_at, _ROW.callee, _ROW.outcome, _ROW.reason, _ROW.is_retraction,
    _ROW.replaces_id, _LATER.id, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.called_at, _ROW.id)


def calls(work: Work, *, treatment_id: UUID, cursor: str | None, limit: int) -> Page[Call]:
    """Every row ever stored of this treatment."""
    require_treatment(work, treatment_id=treatment_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.treatment_id == treatment_id)
    return newest_first(work, query, order=_ORDER, make=Call, cursor=cursor, limit=limit, kind=dt.datetime)
