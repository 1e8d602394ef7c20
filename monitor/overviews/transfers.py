"""Hand-overs of patients, each as its side may see it: what this side gives away, and what is offered to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, null, or_, select
from sqlalchemy.orm import aliased

from monitor.overviews.pages import Page, fetch, make_page, preceding, read_cursor
from monitor.store.patient import PatientRow
from monitor.store.site import SiteRow
from monitor.store.transfer import TransferRow, TransferState
from monitor.store.treatment import TreatmentRow
from monitor.terms import Missing
from monitor.work import Work

STATES: tuple[str, ...] = tuple(state.value for state in TransferState)
SIDES = ("from", "to")
_OPEN_TO_THE_OTHER_SIDE = (TransferState.OFFERED, TransferState.ACCEPTED, TransferState.DECLINED)
_NAMED_TO_THE_OTHER_SIDE = (TransferState.OFFERED, TransferState.ACCEPTED)


class Transfer(msgspec.Struct, frozen=True):
    """One hand-over; who gives the patient away sees all of it, and so does who may take the patient over.

    A side that need not know who it is, or no longer, sees no names, no `protocols` and no typed reason.
    """

    id: UUID
    patient_id: UUID
    family_name: str | None
    given_name: str | None
    birth_date: dt.date | None
    from_site_id: UUID
    from_site: str
    to_site_id: UUID
    to_site: str
    state: str
    reason: str | None
    proposed_by: UUID
    proposed_at: dt.datetime
    decided_by: UUID | None
    decided_at: dt.datetime | None
    decision_reason: str | None
    version: int
    protocols: tuple[str, ...] = ()


_ROW = TransferRow
_FROM, _TO = aliased(SiteRow), aliased(SiteRow)
_ORDER = (_ROW.proposed_at, _ROW.id)


def transfers(
    work: Work, *, cursor: str | None, limit: int, side: str | None = None, state: str | None = None
) -> Page[Transfer]:
    """The newest first, of one side or of both; what was only prepared is not there for the other side."""
    query = _query(work, side).order_by(*(column.desc() for column in _ORDER)).limit(limit + 1)
    if (patient_id := work.only_of(None)) is not None:
        query = query.where(_ROW.patient_id == patient_id)
    if state is not None:
        query = query.where(_ROW.state == state)
    if (place := read_cursor(cursor, kinds=(dt.datetime, UUID))) is not None:
        query = query.where(preceding(_ORDER, place))
    found = _with_protocols(work, [Transfer(*row) for row in fetch(work, query)])
    return make_page(found, limit=limit, place=lambda one: (one.proposed_at, one.id))


def transfer(work: Work, *, transfer_id: UUID) -> Transfer:
    """One hand-over; `Missing` where there is none, or it does not concern the sites of whoever asks."""
    rows = fetch(work, _query(work, None).where(_ROW.id == transfer_id))
    if not rows:
        raise Missing("no such transfer", field="transfer_id")
    found = Transfer(*rows[0])
    work.meets(found.patient_id)
    return _with_protocols(work, [found])[0]


def _query(work: Work, side: str | None) -> Select[*tuple[Any, ...]]:
    ours, theirs = _ROW.from_site_id.in_(work.by.site_ids), _ROW.to_site_id.in_(work.by.site_ids)
    sides = {"from": ours, "to": and_(theirs, _ROW.state.in_(_OPEN_TO_THE_OTHER_SIDE))}
    is_named = or_(ours, and_(theirs, _ROW.state.in_(_NAMED_TO_THE_OTHER_SIDE)))
    return (
        select(
            _ROW.id, _ROW.patient_id,
            *_if(is_named, (PatientRow.family_name, PatientRow.given_name, PatientRow.birth_date)),
            _ROW.from_site_id, _FROM.name, _ROW.to_site_id, _TO.name, _ROW.state, *_if(is_named, (_ROW.reason,)),
            _ROW.proposed_by, _ROW.proposed_at, _ROW.decided_by, _ROW.decided_at,
            *_if(is_named, (_ROW.decision_reason,)), _ROW.version,
        )
        .join(PatientRow, PatientRow.id == _ROW.patient_id)
        .join(_FROM, _FROM.id == _ROW.from_site_id)
        .join(_TO, _TO.id == _ROW.to_site_id)
        .where(or_(*sides.values()) if side is None else sides[side])
    )  # fmt: skip


def _if(condition: ColumnElement[bool], columns: Sequence[Any]) -> list[Any]:
    return [case((condition, column), else_=null()) for column in columns]


def _with_protocols(work: Work, found: Sequence[Transfer]) -> list[Transfer]:
    """Those that are named tell too what the patient is treated with: one decides about a treatment."""
    named = {one.patient_id for one in found if one.family_name is not None}
    query = select(TreatmentRow.patient_id, TreatmentRow.protocol).where(TreatmentRow.patient_id.in_(named))
    known: dict[UUID, set[str]] = {}
    for patient_id, protocol in fetch(work, query) if named else ():
        known.setdefault(patient_id, set()).add(protocol)
    return [
        msgspec.structs.replace(one, protocols=tuple(sorted(known.get(one.patient_id, ()))))
        if one.family_name is not None
        else one
        for one in found
    ]
