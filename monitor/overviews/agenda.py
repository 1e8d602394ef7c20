"""The work list: what is overdue, late, due today or coming, at all one's sites, oldest due date first."""

from __future__ import annotations

import datetime as dt
import heapq
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Date, Integer, Select, bindparam, case, select

from monitor.overviews.pages import Page, beyond, fetch, make_page, read_cursor
from monitor.overviews.site_days import site_days
from monitor.schedules.calendar import State
from monitor.store.agenda import IS_HELD, AgendaRow
from monitor.store.patient import PatientRow
from monitor.work import Work


class Bucket(StrEnum):
    """The four parts of the work list: each item is in exactly one."""

    OVERDUE = "overdue"
    LATE = "late"
    TODAY = "today"
    UPCOMING = "upcoming"


class AgendaItem(msgspec.Struct, frozen=True):
    """One piece of care that waits for somebody; `state` is that of the contract on the day of the question.

    `time` and `place` are those of the visit agreed for it. `waiting_since`: a sample was taken that day, and its
    result is awaited. `declared_on`: the patient says that it was done that day, which counts for nothing (H49).
    """

    treatment_id: UUID
    key: str
    patient_id: UUID
    site_id: UUID
    family_name: str
    given_name: str
    stream: str
    kind: str
    due_on: dt.date
    suggested_on: dt.date
    opens_on: dt.date
    closes_on: dt.date | None
    overdue_on: dt.date | None
    moved_from: dt.date | None
    time: dt.time | None
    place: str | None
    waiting_since: dt.date | None
    declared_on: dt.date | None
    blocked_by: tuple[str, ...]
    because: str
    source: str
    state: str
    bucket: str


_ROW = AgendaRow
_COLUMNS = (
    _ROW.treatment_id, _ROW.key, _ROW.patient_id, _ROW.site_id, PatientRow.family_name, PatientRow.given_name,
    _ROW.stream, _ROW.kind, _ROW.due_on, _ROW.suggested_on, _ROW.opens_on, _ROW.closes_on, _ROW.overdue_on,
    _ROW.moved_from, _ROW.time, _ROW.place, _ROW.waiting_since, _ROW.declared_on, _ROW.blocked_by,
    _ROW.because, _ROW.source,
)  # fmt: skip
_ORDER = (_ROW.due_on, _ROW.treatment_id, _ROW.key)
_TODAY = bindparam("today", type_=Date())
# The state of the contract, out of the dates alone; what is done, waived or missed is not in the agenda.
_STATE = case(
    (IS_HELD, State.PLANNED.value),
    (_ROW.overdue_on <= _TODAY, State.OVERDUE.value),
    (_ROW.late_on <= _TODAY, State.LATE.value),
    (_ROW.opens_on <= _TODAY, State.OPEN.value),
    else_=State.PLANNED.value,
)
_BUCKET = case(
    (IS_HELD, Bucket.UPCOMING.value),
    (_ROW.overdue_on <= _TODAY, Bucket.OVERDUE.value),
    (_ROW.late_on <= _TODAY, Bucket.LATE.value),
    (_ROW.due_on <= _TODAY, Bucket.TODAY.value),
    else_=Bucket.UPCOMING.value,
)
_PLACE = ("beyond_due_on", "beyond_treatment", "beyond_key")
_OF_ONE_SITE = (
    select(*_COLUMNS, _STATE, _BUCKET)
    .join(PatientRow, PatientRow.id == _ROW.patient_id)
    .where(_ROW.site_id == bindparam("site"))
    .order_by(*_ORDER)
)


@cache  # putting a statement of this size together costs as much as running it
def _page(bucket: str | None, *, is_first: bool, is_of_patient: bool) -> Select[*tuple[Any, ...]]:
    """The query of one page of one site: where it begins, how long it is and of whom are left open."""
    query = _OF_ONE_SITE.limit(bindparam("most", type_=Integer()))
    if bucket is not None:
        query = query.where(_BUCKET.in_((bucket,)))
    if bucket == Bucket.TODAY:
        query = query.where(_ROW.due_on <= _TODAY)  # says nothing new, and lets the index end there
    if is_of_patient:
        query = query.where(_ROW.patient_id == bindparam("patient"))
    if is_first:
        return query
    return query.where(
        beyond(_ORDER, tuple(bindparam(name, type_=one.type) for name, one in zip(_PLACE, _ORDER, strict=True)))
    )


def agenda(
    work: Work,
    *,
    cursor: str | None,
    limit: int,
    site_id: UUID | None = None,
    bucket: str | None = None,
    patient_id: UUID | None = None,
) -> Page[AgendaItem]:
    """A page of the work list, each item judged by the date on the wall of its own site.

    One query a site, merged: each can walk its index from the cursor on, however long the list has become.
    """
    place = read_cursor(cursor, kinds=(dt.date, UUID, str))
    patient_id = work.only_of(patient_id)
    query = _page(bucket, is_first=place is None, is_of_patient=patient_id is not None)
    given = dict(zip(_PLACE, place or (), strict=False)) | {"most": limit + 1, "patient": patient_id}
    parts = [
        [AgendaItem(*row) for row in fetch(work, query, site=site, today=today, **given)]
        for site, today in site_days(work, only=site_id).items()
    ]
    found = list(islice(heapq.merge(*parts, key=lambda item: (item.due_on, item.treatment_id)), limit + 1))
    return make_page(found, limit=limit, place=lambda item: (item.due_on, item.treatment_id, item.key))
