"""The laboratory values of one patient, newest sample first, corrected and retracted ones included."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.overviews.in_reach import require_patient
from monitor.overviews.pages import Page, newest_first
from monitor.store.result import ResultRow
from monitor.terms import Unacceptable
from monitor.work import Work


class Result(msgspec.Struct, frozen=True):
    """One value as it was typed and what it means; `replaced_by` names its correction where there is one."""

    id: UUID
    patient_id: UUID
    panel_id: UUID
    analyte: str
    value: str | None
    unit: str | None
    not_done: str | None
    decimal: str
    canonical: Decimal | None
    comparator: str | None
    lower: str | None
    upper: str | None
    status: str
    is_confirmed: bool
    collected_on: dt.date
    collected_at: dt.datetime | None
    received_at: dt.datetime | None
    replaces_id: UUID | None
    replaced_by: UUID | None
    reason: str | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = ResultRow
_LATER = aliased(ResultRow)
_COLUMNS = (
    _ROW.id, _ROW.patient_id, _ROW.panel_id, _ROW.analyte, _ROW.value, _ROW.unit, _ROW.not_done, _ROW.decimal, _ROW.canonical, _ROW.comparator,
    _ROW.lower, _ROW.upper, _ROW.status, _ROW.is_confirmed, _ROW.collected_on, _ROW.collected_at, _ROW.received_at, _ROW.replaces_id, _LATER.id, _ROW.reason,
    _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.collected_on, _ROW.id)


def results(
    work: Work, *, patient_id: UUID, cursor: str | None, limit: int, analyte: str | None = None
) -> Page[Result]:
    """Every row ever stored of this patient, or of one analyte of theirs; nothing was overwritten.

    `analyte`: its id, code or LOINC. Raises Unacceptable where it is none: an empty list would say "never measured".
    """
    require_patient(work, patient_id=patient_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.patient_id == patient_id)
    if analyte is not None:
        found = work.catalog.dictionary.find(analyte)
        if found is None:
            raise Unacceptable("the dictionary has no such analyte", field="analyte")
        query = query.where(_ROW.analyte == found.id)
    return newest_first(work, query, order=_ORDER, make=Result, cursor=cursor, limit=limit)
