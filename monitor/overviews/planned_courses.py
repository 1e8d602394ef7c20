"""The first days agreed for the later courses of one treatment, the latest first, and which of them still holds."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import aliased

from monitor.overviews.in_reach import require_treatment
from monitor.overviews.pages import Page, newest_first
from monitor.store.planned_course import PlannedCourseRow
from monitor.work import Work


class AgreedCourse(msgspec.Struct, frozen=True):
    """One agreed day; it holds where nothing replaced it and it is no retraction."""

    id: UUID
    treatment_id: UUID
    course: int
    starts_on: dt.date
    reason: str | None
    is_retraction: bool
    replaces_id: UUID | None
    replaced_by: UUID | None
    recorded_by: UUID
    recorded_at: dt.datetime


_ROW = PlannedCourseRow
_LATER = aliased(PlannedCourseRow)
_COLUMNS = (
    _ROW.id, _ROW.treatment_id, _ROW.course, _ROW.starts_on, _ROW.reason, _ROW.is_retraction, _ROW.replaces_id,
    _LATER.id, _ROW.recorded_by, _ROW.recorded_at,
)  # fmt: skip
_ORDER = (_ROW.starts_on, _ROW.id)


def planned_courses(work: Work, *, treatment_id: UUID, cursor: str | None, limit: int) -> Page[AgreedCourse]:
    """Every row ever stored of this treatment."""
    require_treatment(work, treatment_id=treatment_id)
    query = select(*_COLUMNS).outerjoin(_LATER, _LATER.replaces_id == _ROW.id).where(_ROW.treatment_id == treatment_id)
    return newest_first(work, query, order=_ORDER, make=AgreedCourse, cursor=cursor, limit=limit)
