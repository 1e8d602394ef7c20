"""Where letters about one patient go, now and before, the newest first."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select

from monitor.overviews.in_reach import require_patient
from monitor.overviews.pages import Page, fetch
from monitor.store.postal_address import PostalAddressRow
from monitor.work import Work

_ROW = PostalAddressRow
_MOST = 200


class Address(msgspec.Struct, frozen=True):
    """One address as it was noted; the first one of each addressee counts."""

    to: str
    lines: tuple[str, ...]
    recorded_by: UUID
    recorded_at: dt.datetime


def addresses(work: Work, *, patient_id: UUID) -> Page[Address]:
    """The newest two hundred."""
    require_patient(work, patient_id=patient_id)
    query = (
        select(_ROW.addressee, _ROW.lines, _ROW.recorded_by, _ROW.recorded_at)
        .where(_ROW.patient_id == patient_id)
        .order_by(_ROW.recorded_at.desc(), _ROW.number.desc())
        .limit(_MOST)
    )
    found = fetch(work, query)
    return Page(tuple(Address(to, tuple((lines or "").splitlines()), by, at) for to, lines, by, at in found), None)
