"""A patient agrees to text messages."""

from __future__ import annotations

from uuid import UUID, uuid4

from monitor.actions.follow_up import follow_up
from monitor.actions.open_record import OpenPatient, open_patient
from monitor.actions.permitted import permitted
from monitor.store.patient import SmsConsentRow, change_patient, newest_consent
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
    return note_consent(work, patient, is_given=True, action="give_sms_consent", reason=None)


def note_consent(work: Work, patient: OpenPatient, *, is_given: bool, action: str, reason: str | None) -> UUID:
    """Append what the patient says now, unless it is what counts already, and follow up each treatment."""
    newest = newest_consent(work.session, patient_id=patient.record.id)
    if newest is not None and newest.is_given is is_given:
        return newest.id
    row = SmsConsentRow(
        id=uuid4(),
        patient_id=patient.record.id,
        number=1 if newest is None else newest.number + 1,
        is_given=is_given,
        at=work.at,
        recorded_by=work.by.id,
        reason=reason,
    )
    work.session.add(row)
    work.session.flush()
    change_patient(work.session, patient_id=patient.record.id)
    work.note(
        action,
        patient_id=patient.record.id,
        site_id=patient.record.site_id,
        subject=f"sms_consent {row.id}",
        why=reason,
    )
    for treatment in patient.treatments:
        follow_up(work, treatment_id=treatment.id)
    return row.id
