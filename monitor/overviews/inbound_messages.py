"""What people wrote to us, the newest first; an administrator sees that somebody wrote, never what or who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, exists, or_, select

from monitor.notices.answers import Answer
from monitor.notices.inbound_words import Reading
from monitor.overviews.pages import Page, fetch, make_page, preceding, read_cursor
from monitor.store.inbound_message import InboundMessageRow, InboundPatientRow
from monitor.store.patient import PatientRow
from monitor.terms import Missing, Role
from monitor.work import Work

READINGS: tuple[str, ...] = tuple(reading.value for reading in Reading)
ANSWERS: tuple[str, ...] = tuple(answer.value for answer in Answer)
_READ_CONTENT = frozenset({Role.NURSE, Role.NEUROLOGIST})


class InboundMessage(msgspec.Struct, frozen=True):
    """One text to us; `sender` and `text` are None for whoever may not read them.

    `patient_ids`: whose number it came from, as far as they are of one's sites; none where nobody has that number.
    """

    id: UUID
    sender: str | None
    text: str | None
    media: int
    received_at: dt.datetime
    read_as: str
    answer: str | None
    patient_ids: tuple[UUID, ...] = ()


_ROW, _LINK = InboundMessageRow, InboundPatientRow
_COLUMNS = (_ROW.id, _ROW.sender, _ROW.text, _ROW.media, _ROW.received_at, _ROW.read_as, _ROW.answer)
_ORDER = (_ROW.received_at, _ROW.id)


def inbound_messages(
    work: Work, *, cursor: str | None, limit: int, patient_id: UUID | None = None, read_as: str | None = None
) -> Page[InboundMessage]:
    """The newest first, of one patient, or of all one's sites and of the numbers that nobody has."""
    query = _query(work, patient_id=work.only_of(patient_id))
    if read_as is not None:
        query = query.where(_ROW.read_as == read_as)
    if (place := read_cursor(cursor, kinds=(dt.datetime, UUID))) is not None:
        query = query.where(preceding(_ORDER, place))
    rows = fetch(work, query.order_by(*(column.desc() for column in _ORDER)).limit(limit + 1))
    return make_page(_made(work, rows), limit=limit, place=lambda one: (one.received_at, one.id))


def inbound_message(work: Work, *, inbound_id: UUID) -> InboundMessage:
    """One text; `Missing` where there is none, or it is of another site. Raises OtherPatient."""
    found = _made(work, fetch(work, _query(work, patient_id=None).where(_ROW.id == inbound_id)))
    if not found:
        raise Missing("no such message", field="inbound_id")
    named = work.for_patient
    for patient_id in [named] if named in found[0].patient_ids and named is not None else found[0].patient_ids:
        work.meets(patient_id)
    return found[0]


def _query(work: Work, *, patient_id: UUID | None) -> Select[*tuple[Any, ...]]:
    """A number that nobody has belongs to no site: whoever takes care of patients may look whom it could be."""
    of_ours = exists().where(_LINK.inbound_id == _ROW.id, _is_in_reach(work))
    if patient_id is not None:
        return select(*_COLUMNS).where(of_ours.where(_LINK.patient_id == patient_id))
    return select(*_COLUMNS).where(or_(of_ours, ~exists().where(_LINK.inbound_id == _ROW.id)))


def _is_in_reach(work: Work) -> ColumnElement[bool]:
    return _LINK.patient_id.in_(select(PatientRow.id).where(PatientRow.site_id.in_(work.by.site_ids)))


def _made(work: Work, rows: Sequence[tuple[Any, ...]]) -> list[InboundMessage]:
    patients = _patients(work, {row[0] for row in rows})
    found = [msgspec.structs.replace(InboundMessage(*row), patient_ids=tuple(patients.get(row[0], ()))) for row in rows]
    if work.by.role in _READ_CONTENT:
        return found
    return [msgspec.structs.replace(one, sender=None, text=None) for one in found]


def _patients(work: Work, ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    query = (
        select(_LINK.inbound_id, _LINK.patient_id)
        .where(_LINK.inbound_id.in_(ids), _is_in_reach(work))
        .distinct()
        .order_by(_LINK.inbound_id, _LINK.patient_id)
    )
    found: dict[UUID, list[UUID]] = {}
    for inbound_id, patient_id in fetch(work, query):
        found.setdefault(inbound_id, []).append(patient_id)
    return found
