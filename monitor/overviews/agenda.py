"""The work list: what is overdue, late, due today or coming, at all one's sites, oldest due date first."""

from __future__ import annotations

import datetime as dt
import heapq
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, Text, case, func, select, type_coerce

from monitor.overviews.pages import Page, beyond, fetch, make_page, read_cursor
from monitor.overviews.site_days import site_days
from monitor.schedules.calendar import State
from monitor.store.agenda import AgendaRow
from monitor.store.patient import PatientRow
from monitor.work import Work


class Bucket(StrEnum):
    """The four parts of the work list: each item is in exactly one."""

    OVERDUE = "overdue"
    LATE = "late"
    TODAY = "today"
    UPCOMING = "upcoming"


class AgendaItem(msgspec.Struct, frozen=True):
    """One piece of care that waits for somebody; `state` is that of the contract on the day of the question."""

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
    blocked_by: tuple[str, ...]
    because: str
    source: str
    state: str
    bucket: str


_ROW = AgendaRow
_COLUMNS = (
    _ROW.treatment_id, _ROW.key, _ROW.patient_id, _ROW.site_id, PatientRow.family_name, PatientRow.given_name,
    _ROW.stream, _ROW.kind, _ROW.due_on, _ROW.suggested_on, _ROW.opens_on, _ROW.closes_on, _ROW.overdue_on,
    _ROW.moved_from, _ROW.blocked_by, _ROW.because, _ROW.source,
)  # fmt: skip
_ORDER = (_ROW.due_on, _ROW.treatment_id, _ROW.key)
_IS_HELD = type_coerce(_ROW.blocked_by, Text).contains("suspended")


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
    parts = []
    for site, today in site_days(work, only=site_id).items():
        query = _query(site, today, bucket=bucket, patient_id=patient_id).limit(limit + 1)
        if place is not None:
            query = query.where(beyond(_ORDER, place))
        parts.append([AgendaItem(*row) for row in fetch(work, query)])
    found = list(islice(heapq.merge(*parts, key=lambda item: (item.due_on, item.treatment_id)), limit + 1))
    return make_page(found, limit=limit, place=lambda item: (item.due_on, item.treatment_id, item.key))


def _query(site: UUID, today: dt.date, *, bucket: str | None, patient_id: UUID | None) -> Select[*tuple[Any, ...]]:
    part = _bucket_on(today)
    query = (
        select(*_COLUMNS, _state_on(today), part)
        .join(PatientRow, PatientRow.id == _ROW.patient_id)
        .where(_ROW.site_id == site)
        .order_by(*_ORDER)
    )
    if bucket is not None:
        query = query.where(part == bucket)
    return query if patient_id is None else query.where(_ROW.patient_id == patient_id)


def _computed_on() -> ColumnElement[dt.date]:
    """What lateness counts from: moving a visit does not make it punctual."""
    return func.coalesce(_ROW.moved_from, _ROW.due_on)


def _state_on(today: dt.date) -> ColumnElement[str]:
    """The state of the contract, out of the dates alone; what is done, waived or missed is not in the agenda."""
    return case(
        (_IS_HELD, State.PLANNED.value),
        (_ROW.overdue_on <= today, State.OVERDUE.value),
        (_computed_on() < today, State.LATE.value),
        (_ROW.opens_on <= today, State.OPEN.value),
        else_=State.PLANNED.value,
    )


def _bucket_on(today: dt.date) -> ColumnElement[str]:
    return case(
        (_IS_HELD, Bucket.UPCOMING.value),
        (_ROW.overdue_on <= today, Bucket.OVERDUE.value),
        (_computed_on() < today, Bucket.LATE.value),
        (_ROW.due_on <= today, Bucket.TODAY.value),
        else_=Bucket.UPCOMING.value,
    )
