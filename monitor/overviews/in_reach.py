"""Refuses to show what is of another site, as if there were no such thing, or of another patient than was named."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from monitor.store.patient import PatientRow
from monitor.store.treatment import TreatmentRecord, TreatmentRow, find_treatments
from monitor.terms import Missing
from monitor.work import Work


def require_patient(work: Work, *, patient_id: UUID) -> None:
    """`Missing` unless the patient is of a site of whoever asks. Raises OtherPatient."""
    query = select(PatientRow.id).where(PatientRow.id == patient_id, PatientRow.site_id.in_(work.by.site_ids))
    if work.session.scalar(query) is None:
        raise Missing("no such patient", field="patient_id")
    work.meets(patient_id)


def treatment_in_reach(work: Work, *, treatment_id: UUID) -> TreatmentRecord:
    """The treatment, if of a site of whoever asks; else `Missing`. Raises OtherPatient."""
    found = find_treatments(work.session, site_ids=work.by.site_ids, treatment_ids=(treatment_id,))
    if not found:
        raise Missing("no such treatment", field="treatment_id")
    work.meets(found[0].patient_id)
    return found[0]


def require_treatment(work: Work, *, treatment_id: UUID) -> None:
    """`Missing` unless the treatment is of a site of whoever asks. Raises OtherPatient."""
    query = select(TreatmentRow.patient_id).where(
        TreatmentRow.id == treatment_id, TreatmentRow.site_id.in_(work.by.site_ids)
    )
    patient_id = work.session.scalar(query)
    if patient_id is None:
        raise Missing("no such treatment", field="treatment_id")
    work.meets(patient_id)
