"""Text messages and how far each of them came; an administrator sees that one failed, never what it said."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, select

from monitor.overviews.pages import Page, fetch, make_page, preceding, read_cursor
from monitor.store.message import MessageRow, MessageState
from monitor.terms import Missing, Role
from monitor.work import Work

STATES: tuple[str, ...] = tuple(state.value for state in MessageState)
READ_CONTENT = frozenset({Role.NURSE, Role.NEUROLOGIST})


class Message(msgspec.Struct, frozen=True):
    """One message; `text` and `phone` are None for whoever may not read them."""

    id: UUID
    patient_id: UUID
    site_id: UUID
    recipient: str
    phone: str | None
    local_day: dt.date
    purpose: str
    language: str
    text: str | None
    reference: str
    state: str
    not_before_at: dt.datetime
    deadline_at: dt.datetime
    attempts: int
    error_code: str | None
    because: str | None
    created_at: dt.datetime
    settled_at: dt.datetime | None


_ROW = MessageRow
_COLUMNS = (
    _ROW.id, _ROW.patient_id, _ROW.site_id, _ROW.recipient, _ROW.phone, _ROW.local_day, _ROW.purpose, _ROW.language,
    _ROW.text, _ROW.reference, _ROW.state, _ROW.not_before_at, _ROW.deadline_at, _ROW.attempts, _ROW.error_code,
    _ROW.because, _ROW.created_at, _ROW.settled_at,
)  # fmt: skip
_ORDER = (_ROW.created_at, _ROW.id)


def messages(
    work: Work,
    *,
    cursor: str | None,
    limit: int,
    patient_id: UUID | None = None,
    state: str | None = None,
) -> Page[Message]:
    """The newest first, of one patient or of all one's sites."""
    query = _query(work).order_by(*(column.desc() for column in _ORDER)).limit(limit + 1)
    if (patient_id := work.only_of(patient_id)) is not None:
        query = query.where(_ROW.patient_id == patient_id)
    if state is not None:
        query = query.where(_ROW.state == state)
    if (place := read_cursor(cursor, kinds=(dt.datetime, UUID))) is not None:
        query = query.where(preceding(_ORDER, place))
    found = [_message(work, row) for row in fetch(work, query)]
    return make_page(found, limit=limit, place=lambda one: (one.created_at, one.id))


def message(work: Work, *, message_id: UUID) -> Message:
    """One message; `Missing` where there is none, or it is of another site."""
    rows = fetch(work, _query(work).where(_ROW.id == message_id))
    if not rows:
        raise Missing("no such message", field="message_id")
    found = _message(work, rows[0])
    work.meets(found.patient_id)
    return found


def _query(work: Work) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(_ROW.site_id.in_(work.by.site_ids))


def _message(work: Work, row: tuple[Any, ...]) -> Message:
    found = Message(*row)
    if work.by.role in READ_CONTENT:
        return found
    return msgspec.structs.replace(found, text=None, phone=None)
