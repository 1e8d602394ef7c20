"""The scales and examinations of one patient, newest first, corrected and retracted ones included."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.dossier.alsfrs_r import SubScores, from_words
from monitor.overviews.in_reach import require_patient
from monitor.overviews.pages import Page, newest_first
from monitor.store.assessment import AssessmentRow
from monitor.work import Work


class Assessment(msgspec.Struct, frozen=True):
    """One scale done on a day; `replaced_by` names its correction or retraction where there is one.

    `items`, `has_gastrostomy` and `sub_scores` where it was recorded item by item.
    """

    id: UUID
    patient_id: UUID
    scale: str
    value: str
    items: tuple[int, ...] | None
    has_gastrostomy: bool | None
    sub_scores: SubScores | None
    is_confirmed: bool
    on: dt.date
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    reason: str | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = AssessmentRow
_LATER = aliased(AssessmentRow)
_COLUMNS = (
    _ROW.id, _ROW.patient_id, _ROW.scale, _ROW.value, _ROW.items, _ROW.is_confirmed, _ROW.on, _ROW.is_retraction,
    _ROW.replaces_id, _LATER.id, _ROW.reason, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.on, _ROW.id)


def assessments(work: Work, *, patient_id: UUID, cursor: str | None, limit: int) -> Page[Assessment]:
    """Every row ever stored of this patient."""
    require_patient(work, patient_id=patient_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.patient_id == patient_id)
    return newest_first(work, query, order=_ORDER, make=_assessment, cursor=cursor, limit=limit)


def _assessment(
    key: UUID, patient_id: UUID, scale: str, value: str, words: tuple[str, ...] | None, *rest: Any
) -> Assessment:
    score = None if words is None else from_words(words)
    if score is None:
        return Assessment(key, patient_id, scale, value, None, None, None, *rest)
    return Assessment(key, patient_id, scale, value, score.items, score.has_gastrostomy, score.sub_scores, *rest)
