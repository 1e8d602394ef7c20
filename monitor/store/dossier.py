"""The dossier of a treatment: what is known around it, section by section; append-only, corrected by a successor."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import BindParameter, ForeignKey, Index, Text, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.dossier.access import AccessRequest, access_ends_on
from monitor.dossier.answers import SECTIONS_ASKED
from monitor.dossier.drug import Drug
from monitor.dossier.entry import Entry
from monitor.dossier.safeguards import PretreatmentCheck, vzv_status
from monitor.dossier.sections import SECTIONS, stored_content
from monitor.schedules.facts import Vzv
from monitor.store.base import Base, Personal, at_most, successor_rules
from monitor.store.succession import counts


class DossierRow(Base):
    """One entry of one section; `content` is the JSON text of that section's structure, and may identify somebody."""

    __tablename__ = "dossier_entry"
    __table_args__ = (
        Index(None, "treatment_id", "section"),
        *successor_rules(),
        at_most("section", 40),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"))
    section: Mapped[str]
    content: Mapped[str] = mapped_column(Personal)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier_entry.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


class ForecastFacts(NamedTuple):
    """What the calendar must know of a dossier; None where it says nothing."""

    access_expires_on: dt.date | None = None
    vzv: Vzv | None = None


_IDS: BindParameter[uuid.UUID] = bindparam("ids", expanding=True, type_=Uuid())
_SECTIONS: BindParameter[str] = bindparam("sections", expanding=True, type_=Text())
_STANDING = (
    select(DossierRow.treatment_id, DossierRow.section, DossierRow.content)
    .where(DossierRow.treatment_id.in_(_IDS), DossierRow.section.in_(_SECTIONS), counts(DossierRow))
    .order_by(DossierRow.recorded_at, DossierRow.id)
)
_FOR_THE_FORECAST = ("access_request", "pretreatment_check")


def forecast_facts(session: Session, treatment_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, ForecastFacts]:
    """What the calendar must know of these dossiers; a treatment of which it need know nothing is not among them."""
    found = _standing(session, treatment_ids, _FOR_THE_FORECAST)
    return {key: _facts(entries) for key, entries in found.items()}


def _facts(entries: Sequence[Entry]) -> ForecastFacts:
    vzv = vzv_status(entry for entry in entries if isinstance(entry, PretreatmentCheck))
    return ForecastFacts(
        access_expires_on=access_ends_on(entry for entry in entries if isinstance(entry, AccessRequest)),
        vzv=None if vzv is None else Vzv(vzv),
    )


def drugs_of(session: Session, *, treatment_id: uuid.UUID) -> tuple[Drug, ...]:
    """The other drugs that the dossier tells of."""
    found = _standing(session, (treatment_id,), ("drug",))
    return tuple(entry for entry in found.get(treatment_id, ()) if isinstance(entry, Drug))


def entries_for_gates(session: Session, *, treatment_id: uuid.UUID) -> tuple[Entry, ...]:
    """What the gates before a dose may ask of the dossier, in the order in which it was recorded."""
    return tuple(_standing(session, (treatment_id,), SECTIONS_ASKED).get(treatment_id, ()))


def standing_entries(session: Session, *, treatment_id: uuid.UUID, section: str) -> dict[uuid.UUID, Entry]:
    """What stands in one section, by the id of the row, in the order in which it was recorded."""
    query = (
        select(DossierRow.id, DossierRow.content)
        .where(DossierRow.treatment_id == treatment_id, DossierRow.section == section, counts(DossierRow))
        .order_by(DossierRow.recorded_at, DossierRow.id)
    )
    return {key: stored_content(SECTIONS[section], content) for key, content in session.execute(query)}


def _standing(
    session: Session, treatment_ids: Sequence[uuid.UUID], sections: Sequence[str]
) -> dict[uuid.UUID, list[Entry]]:
    found: dict[uuid.UUID, list[Entry]] = defaultdict(list)
    for key, section, content in session.execute(_STANDING, {"ids": tuple(treatment_ids), "sections": sections}):
        found[key].append(stored_content(SECTIONS[section], content))
    return found
