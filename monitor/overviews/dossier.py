"""The dossier of one treatment: what stands now, section by section."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select

from monitor.dossier.drug import Drug, drug_kind
from monitor.dossier.sections import Section, sections_of, stored_content
from monitor.overviews.in_reach import treatment_in_reach
from monitor.overviews.pages import fetch
from monitor.store.administration import AdministrationRow
from monitor.store.dossier import DossierRow
from monitor.store.succession import counts
from monitor.work import Work


class StandingEntry(msgspec.Struct, frozen=True):
    """One statement; `kind` says of a drug when it was taken, seen from the first dose."""

    id: UUID
    content: dict[str, Any]
    kind: str | None
    replaces_id: UUID | None
    reason: str | None
    recorded_by: UUID
    recorded_at: dt.datetime


class FilledSection(msgspec.Struct, frozen=True):
    """A section and what stands in it, in the order in which it was recorded."""

    section: str
    is_single: bool
    entries: tuple[StandingEntry, ...]


class Dossier(msgspec.Struct, frozen=True):
    """Every section that the protocol of the treatment has, empty ones too."""

    treatment_id: UUID
    sections: tuple[FilledSection, ...]


_ROW = DossierRow
_COLUMNS = (_ROW.section, _ROW.id, _ROW.content, _ROW.replaces_id, _ROW.reason, _ROW.recorded_by, _ROW.recorded_at)


def dossier(work: Work, *, treatment_id: UUID) -> Dossier:
    """What stands in the dossier of a treatment of one's sites; `Missing` where there is none."""
    treatment = treatment_in_reach(work, treatment_id=treatment_id)
    first_dose_on = _first_dose_on(work, treatment_id) or treatment.started_on
    standing: dict[str, list[StandingEntry]] = defaultdict(list)
    sections = sections_of(treatment.protocol)
    by_name = {section.name: section for section in sections}
    for name, *row in fetch(work, _standing(treatment_id)):
        if name in by_name:
            standing[name].append(_entry(by_name[name], first_dose_on, *row))
    return Dossier(
        treatment_id=treatment_id,
        sections=tuple(
            FilledSection(section=one.name, is_single=one.is_single, entries=tuple(standing[one.name]))
            for one in sections
        ),
    )


def _standing(treatment_id: UUID) -> Any:
    query = select(*_COLUMNS).where(_ROW.treatment_id == treatment_id, counts(_ROW))
    return query.order_by(_ROW.recorded_at, _ROW.id)


def _first_dose_on(work: Work, treatment_id: UUID) -> dt.date | None:
    query = select(func.min(AdministrationRow.on)).where(
        AdministrationRow.treatment_id == treatment_id, counts(AdministrationRow)
    )
    return work.session.scalar(query)


def _entry(section: Section, first_dose_on: dt.date, key: UUID, content: str, *rest: Any) -> StandingEntry:
    said = stored_content(section, content) if section.structure is Drug else None
    kind = drug_kind(said, first_dose_on=first_dose_on).value if isinstance(said, Drug) else None
    return StandingEntry(key, msgspec.json.decode(content), kind, *rest)
