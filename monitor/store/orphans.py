"""What hangs in the air: rows that no list shows, or that point at somebody who is elsewhere or has ended."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from monitor.store.agenda import AgendaRow
from monitor.store.alert import AlertRow
from monitor.store.patient import PatientRow
from monitor.store.staff import StaffRow, StaffSiteRow
from monitor.store.treatment import TreatmentRow

_OF_THE_OWNER = and_(AgendaRow.site_id == TreatmentRow.site_id, AgendaRow.patient_id == TreatmentRow.patient_id)
_SOMEBODY = exists().where(
    StaffSiteRow.site_id == AlertRow.site_id,
    StaffSiteRow.staff_id == StaffRow.id,
    StaffRow.role == AlertRow.audience,
    StaffRow.is_active,
)
_OTHERS = exists().where(TreatmentRow.id == AlertRow.treatment_id, TreatmentRow.patient_id != AlertRow.patient_id)

HARMLESS = "patients without a treatment"
"""Somebody was registered and has not begun yet: told, and no fault."""

_KINDS: Mapping[str, Select[uuid.UUID]] = {
    HARMLESS: select(PatientRow.id).where(
        PatientRow.died_on.is_(None), ~exists().where(TreatmentRow.patient_id == PatientRow.id)
    ),
    "treatments of another site than their patient": (
        select(TreatmentRow.id)
        .join(PatientRow, PatientRow.id == TreatmentRow.patient_id)
        .where(TreatmentRow.site_id != PatientRow.site_id)
    ),
    "treatments whose agenda stands at another site or patient": (
        select(TreatmentRow.id).join(AgendaRow, AgendaRow.treatment_id == TreatmentRow.id).where(~_OF_THE_OWNER)
    ),
    "treatments on the agenda although the patient died": (
        select(TreatmentRow.id)
        .join(PatientRow, PatientRow.id == TreatmentRow.patient_id)
        .where(PatientRow.died_on.is_not(None), exists().where(AgendaRow.treatment_id == TreatmentRow.id))
    ),
    "open alerts that nobody sees": (
        select(AlertRow.id)
        .join(PatientRow, PatientRow.id == AlertRow.patient_id)
        .where(AlertRow.closed_at.is_(None), or_(AlertRow.site_id != PatientRow.site_id, _OTHERS, ~_SOMEBODY))
    ),
}


def orphans(session: Session) -> dict[str, tuple[uuid.UUID, ...]]:
    """By kind, in words, the ids of what was found; a kind of which there is none is there too, empty."""
    return {kind: tuple(sorted(set(session.scalars(query)))) for kind, query in _KINDS.items()}
