"""The signs that were reported of one treatment, the newest report first."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, newest_first
from monitor.store.sign_report import SignReportRow
from monitor.work import Work


class SignReport(msgspec.Struct, frozen=True):
    """One report as it is stored; `signs` are ids of the protocol, `note` is what the patient said of it."""

    id: UUID
    treatment_id: UUID
    signs: tuple[str, ...]
    noticed_on: dt.date
    note: str | None
    reason: str | None
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = SignReportRow
_LATER = aliased(SignReportRow)
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.signs, _ROW.noticed_on, _ROW.note, _ROW.reason, _ROW.is_retraction,
    _ROW.replaces_id, _LATER.id, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.recorded_at, _ROW.id)


def sign_reports(work: Work, *, treatment_id: UUID, cursor: str | None, limit: int) -> Page[SignReport]:
    """Every row ever stored of this treatment."""
    require_treatment(work, treatment_id=treatment_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.treatment_id == treatment_id)
    return newest_first(work, query, order=_ORDER, make=SignReport, cursor=cursor, limit=limit, kind=dt.datetime)
