"""Treatments: which protocol since when, and until when surveillance is owed; nothing that names the patient."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select

from monitor.overviews.pages import Page, beyond, fetch, make_page, read_cursor
from monitor.store.treatment import TreatmentRow
from monitor.terms import Missing
from monitor.work import Work


class Treatment(msgspec.Struct, frozen=True):
    """One patient on one pinned protocol version; `version` is what a change must name."""

    id: UUID
    patient_id: UUID
    site_id: UUID
    protocol: str
    profile: str
    started_on: dt.date
    surveillance_ends_on: dt.date | None
    version: int
    created_at: dt.datetime


_ROW = TreatmentRow
_COLUMNS = (
    _ROW.id, _ROW.patient_id, _ROW.site_id, _ROW.protocol, _ROW.profile, _ROW.started_on, _ROW.surveillance_ends_on,
    _ROW.version, _ROW.created_at,
)  # fmt: skip
_ORDER = (_ROW.created_at, _ROW.id)


def treatments(work: Work, *, cursor: str | None, limit: int, patient_id: UUID | None = None) -> Page[Treatment]:
    """By the moment they were entered, of one patient or of all one's sites."""
    query = select(*_COLUMNS).where(_ROW.site_id.in_(work.by.site_ids)).order_by(*_ORDER).limit(limit + 1)
    if (patient_id := work.only_of(patient_id)) is not None:
        query = query.where(_ROW.patient_id == patient_id)
    if (place := read_cursor(cursor, kinds=(dt.datetime, UUID))) is not None:
        query = query.where(beyond(_ORDER, place))
    found = [Treatment(*row) for row in fetch(work, query)]
    return make_page(found, limit=limit, place=lambda one: (one.created_at, one.id))


def treatment(work: Work, *, treatment_id: UUID) -> Treatment:
    """One treatment; `Missing` where there is none, or it is of another site."""
    query = select(*_COLUMNS).where(_ROW.id == treatment_id, _ROW.site_id.in_(work.by.site_ids))
    rows = fetch(work, query)
    if not rows:
        raise Missing("no such treatment", field="treatment_id")
    found = Treatment(*rows[0])
    work.meets(found.patient_id)
    return found
