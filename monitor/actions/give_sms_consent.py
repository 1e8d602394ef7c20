"""A patient agrees to text messages."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.follow_up import follow_up
from monitor.actions.open_record import OpenPatient, open_patient
from monitor.actions.permitted import permitted
from monitor.delivery.consent import note_consent
from monitor.terms import Conflict
from monitor.work import Work


@permitted
def give_sms_consent(work: Work, *, patient_id: UUID, expected_version: int | None = None) -> UUID:
    """Note the consent; where it is given already, nothing happens. The id of the entry that counts.

    Raises Missing, StaleVersion, Conflict (the patient died).
    """
    patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    if patient.record.died_on is not None:
        raise Conflict("the patient died", field="patient_id")
    return file_consent(work, patient, is_given=True, action="give_sms_consent", reason=None)


def file_consent(work: Work, patient: OpenPatient, *, is_given: bool, action: str, reason: str | None) -> UUID:
    """Note what the patient says now, and follow up each treatment; the id of the entry that counts."""
    entry = note_consent(
        work,
        patient_id=patient.record.id,
        site_id=patient.record.site_id,
        is_given=is_given,
        action=action,
        reason=reason,
    )
    for treatment in patient.treatments:
        follow_up(work, treatment_id=treatment.id)
    return entry
