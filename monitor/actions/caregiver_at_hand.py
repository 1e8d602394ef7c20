"""Opens the caregiver of a patient for a change: within the scope of who asks, held, and only while there is one."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.open_record import OpenPatient, open_patient
from monitor.store.caregiver import CaregiverRow, present_caregiver
from monitor.terms import Conflict
from monitor.work import Work


def open_caregiver(work: Work, *, patient_id: UUID, expected_version: int | None) -> tuple[OpenPatient, CaregiverRow]:
    """The patient, and who looks after them now. Raises Missing, StaleVersion, Conflict (nobody does)."""
    patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    return patient, require_caregiver(work, patient_id=patient_id)


def require_caregiver(work: Work, *, patient_id: UUID) -> CaregiverRow:
    """Who looks after the patient now. Raises Conflict."""
    row = present_caregiver(work.session, patient_id=patient_id)
    if row is None:
        raise Conflict("no caregiver is designated", field="patient_id")
    return row
