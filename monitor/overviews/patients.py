"""The patients of the sites of whoever asks: the list, and one of them with how to reach them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import false, func, select

from monitor.overviews.pages import Page, beyond, fetch, make_page, read_cursor
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.terms import Missing
from monitor.work import Work


class PatientLine(msgspec.Struct, frozen=True):
    """What a list shows of a patient."""

    id: UUID
    site_id: UUID
    family_name: str
    given_name: str
    birth_date: dt.date
    died_on: dt.date | None
    created_at: dt.datetime


class Patient(msgspec.Struct, frozen=True):
    """Who somebody is and how to reach them; `version` is what a change must name."""

    id: UUID
    site_id: UUID
    family_name: str
    given_name: str
    birth_date: dt.date
    sex: str
    language: str
    phone: str | None
    timezone: str | None
    childbearing_potential: bool | None
    has_sms_consent: bool
    died_on: dt.date | None
    version: int
    created_at: dt.datetime


_ROW = PatientRow
_LINE = (
    _ROW.id, _ROW.site_id, _ROW.family_name, _ROW.given_name, _ROW.birth_date, _ROW.died_on, _ROW.created_at
)  # fmt: skip
_ORDER = (_ROW.created_at, _ROW.id)


def patients(work: Work, *, cursor: str | None, limit: int, site_id: UUID | None = None) -> Page[PatientLine]:
    """By the moment of registration: an order by name would need the names in clear, and in the address."""
    query = select(*_LINE).where(_ROW.site_id.in_(work.by.site_ids)).order_by(*_ORDER).limit(limit + 1)
    if site_id is not None:
        query = query.where(_ROW.site_id == site_id)
    if (place := read_cursor(cursor, kinds=(dt.datetime, UUID))) is not None:
        query = query.where(beyond(_ORDER, place))
    found = [PatientLine(*row) for row in fetch(work, query)]
    return make_page(found, limit=limit, place=lambda line: (line.created_at, line.id))


def patient(work: Work, *, patient_id: UUID) -> Patient:
    """One patient; `Missing` where there is none, or it is of another site."""
    consent = (
        select(SmsConsentRow.is_given)
        .where(SmsConsentRow.patient_id == _ROW.id)
        .order_by(SmsConsentRow.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(
        _ROW.id, _ROW.site_id, _ROW.family_name, _ROW.given_name, _ROW.birth_date, _ROW.sex, _ROW.language, _ROW.phone,
        _ROW.timezone, _ROW.childbearing_potential, func.coalesce(consent, false()), _ROW.died_on, _ROW.version,
        _ROW.created_at,
    ).where(_ROW.id == patient_id, _ROW.site_id.in_(work.by.site_ids))  # fmt: skip
    rows = fetch(work, query)
    if not rows:
        raise Missing("no such patient", field="patient_id")
    work.meets(patient_id)
    return Patient(*rows[0])
