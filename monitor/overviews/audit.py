"""Who changed what about one patient, and when: by reference alone, without a word that somebody typed."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select

from monitor.overviews.in_reach import require_patient
from monitor.overviews.pages import Page, fetch, make_page, read_cursor
from monitor.store.audit import AuditEntryRow
from monitor.work import Work


class AuditEntry(msgspec.Struct, frozen=True):
    """One change; `patient_id` is the pseudonym, and the reason that was typed stays with what it is the reason of."""

    id: int
    at: dt.datetime
    actor_id: UUID
    role: str
    site_id: UUID | None
    action: str
    patient_id: UUID
    subject: str | None


_ROW = AuditEntryRow
_COLUMNS = (_ROW.id, _ROW.at, _ROW.actor_id, _ROW.role, _ROW.site_id, _ROW.action, _ROW.patient_id, _ROW.subject)


def audit(work: Work, *, patient_id: UUID, cursor: str | None, limit: int) -> Page[AuditEntry]:
    """The newest first; `Missing` unless the patient is of a site of whoever asks."""
    require_patient(work, patient_id=patient_id)
    query = select(*_COLUMNS).where(_ROW.patient_id == patient_id).order_by(_ROW.id.desc()).limit(limit + 1)
    if (place := read_cursor(cursor, kinds=(int,))) is not None:
        query = query.where(_ROW.id < place[0])
    found = [AuditEntry(*row) for row in fetch(work, query)]
    return make_page(found, limit=limit, place=lambda one: (one.id,))
