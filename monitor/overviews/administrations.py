"""The doses of one treatment, newest first, corrected and retracted ones included."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.labs.gates import GateAnswer
from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, newest_first
from monitor.store.administration import AdministrationRow
from monitor.work import Work


class KeptGate(msgspec.Struct, frozen=True):
    """What one gate answered when the dose was recorded."""

    id: str
    answer: GateAnswer
    because: str
    source: str
    found: str | None = None
    unit: str | None = None
    on: dt.date | None = None
    age_days: int | None = None


class Administration(msgspec.Struct, frozen=True):
    """One dose that was given; `replaced_by` names its correction or retraction where there is one."""

    id: UUID
    treatment_id: UUID
    on: dt.date
    course: int | None
    day: int | None
    reason_override: str | None
    gates: tuple[KeptGate, ...]
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    reason: str | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = AdministrationRow
_LATER = aliased(AdministrationRow)
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.on, _ROW.course, _ROW.day, _ROW.reason_override, _ROW.gates, _ROW.is_retraction,
    _ROW.replaces_id, _LATER.id, _ROW.reason, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.on, _ROW.id)


def administrations(work: Work, *, treatment_id: UUID, cursor: str | None, limit: int) -> Page[Administration]:
    """Every row ever stored of this treatment."""
    require_treatment(work, treatment_id=treatment_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.treatment_id == treatment_id)
    return newest_first(work, query, order=_ORDER, make=_administration, cursor=cursor, limit=limit)


def _administration(*columns: Any) -> Administration:
    told: dict[str, Any] = dict(zip(Administration.__struct_fields__, columns, strict=True))
    told["gates"] = () if told["gates"] is None else _KEPT.decode(told["gates"])
    return Administration(**told)


_KEPT = msgspec.json.Decoder(tuple[KeptGate, ...])
