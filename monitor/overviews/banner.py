"""Whose record an answer shows: the banner that comes with it, out of the same transaction (H52)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select

from monitor.overviews.pages import fetch
from monitor.store.patient import PatientRow
from monitor.terms import Role
from monitor.work import Work

_READ_NAMES = frozenset({Role.NURSE, Role.NEUROLOGIST})  # identity is theirs to read; everybody else knows the number


class PatientBanner(msgspec.Struct, frozen=True):
    """Who it is; names and birth date are None for whoever may not read them."""

    id: UUID
    family_name: str | None
    given_name: str | None
    birth_date: dt.date | None


_ROW = PatientRow
_COLUMNS = (_ROW.id, _ROW.family_name, _ROW.given_name, _ROW.birth_date)


def banner(work: Work) -> PatientBanner | None:
    """The one patient whom this work was about so far; None where it was about nobody, several, or nobody in reach."""
    if len(work.about) != 1:
        return None
    (patient_id,) = work.about
    found = fetch(work, select(*_COLUMNS).where(_ROW.id == patient_id, _ROW.site_id.in_(work.by.site_ids)))
    if not found:
        return None
    return PatientBanner(*found[0]) if work.by.role in _READ_NAMES else PatientBanner(patient_id, None, None, None)
