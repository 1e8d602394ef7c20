"""The letters that are asked for at one's sites: what a nurse prints and posts, the longest asked for first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

import msgspec
from sqlalchemy import select

from monitor.overviews.pages import Page, beyond, fetch, make_page, read_cursor
from monitor.store.asked_letter import AskedLetterRow
from monitor.store.patient import PatientRow
from monitor.work import Work

TO_SEND, SENT = "to_send", "sent"


class AskedLetter(msgspec.Struct, frozen=True):
    """One letter to one addressee about all that is missing; `sent_on` is None as long as a part was not posted."""

    treatment_id: UUID
    to: str
    patient_id: UUID
    site_id: UUID
    family_name: str
    given_name: str
    keys: tuple[str, ...]
    since: dt.date
    is_registered: bool
    sent_on: dt.date | None


class LetterOfAlert(msgspec.Struct, frozen=True):
    """What an alert says of a letter."""

    to: str
    since: dt.date
    is_registered: bool
    sent_on: dt.date | None


_ROW = AskedLetterRow
_COLUMNS = (
    _ROW.treatment_id, _ROW.addressee, _ROW.patient_id, _ROW.site_id, PatientRow.family_name, PatientRow.given_name,
    _ROW.keys, _ROW.since, _ROW.is_registered, _ROW.sent_on,
)  # fmt: skip
_ORDER = (_ROW.since, _ROW.treatment_id, _ROW.addressee)
_OF_ALERTS = (_ROW.treatment_id, _ROW.keys, _ROW.addressee, _ROW.since, _ROW.is_registered, _ROW.sent_on)


def asked_letters(
    work: Work,
    *,
    cursor: str | None,
    limit: int,
    state: str = TO_SEND,
    site_id: UUID | None = None,
    patient_id: UUID | None = None,
) -> Page[AskedLetter]:
    """Those that wait to be posted, or those that were and that nothing has answered yet."""
    place = read_cursor(cursor, kinds=(dt.date, UUID, str))
    patient_id = work.only_of(patient_id)
    sites = work.by.site_ids if site_id is None else work.by.site_ids & {site_id}
    query = select(*_COLUMNS).join(PatientRow, PatientRow.id == _ROW.patient_id).where(_ROW.site_id.in_(sites))
    query = query.where(_ROW.sent_on.is_(None) if state == TO_SEND else _ROW.sent_on.is_not(None))
    if patient_id is not None:
        query = query.where(_ROW.patient_id == patient_id)
    if place is not None:
        query = query.where(beyond(_ORDER, place))
    found = [AskedLetter(*row) for row in fetch(work, query.order_by(*_ORDER).limit(limit + 1))]
    return make_page(found, limit=limit, place=lambda one: (one.since, one.treatment_id, one.to))


def letters_of_streams(
    work: Work, *, treatment_ids: Iterable[UUID]
) -> dict[tuple[UUID, str], tuple[LetterOfAlert, ...]]:
    """By treatment and stream, the letters that are asked for about it."""
    ids = sorted(set(treatment_ids))
    if not ids:
        return {}
    found: dict[tuple[UUID, str], tuple[LetterOfAlert, ...]] = {}
    query = select(*_OF_ALERTS).where(_ROW.treatment_id.in_(ids)).order_by(_ROW.since, _ROW.addressee)
    for treatment_id, keys, *letter in fetch(work, query):
        for stream in {key.partition("/")[0] for key in keys}:
            found[treatment_id, stream] = (*found.get((treatment_id, stream), ()), LetterOfAlert(*letter))
    return found
