"""Opens the telephone of a patient or of the caregiver, to say whose it is: only the one that stands there now."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from monitor.actions.caregiver_at_hand import require_caregiver
from monitor.actions.contact_data import read_phone
from monitor.actions.open_record import OpenPatient, open_patient
from monitor.store.patient import PatientRow
from monitor.store.recipient import Recipient
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work


@dataclass(frozen=True, slots=True)
class OpenNumber:
    """A number held for a statement about it; `caregiver_id` is None where it is the patient's own."""

    patient: OpenPatient
    caregiver_id: UUID | None
    phone: str = field(repr=False)


def open_number(
    work: Work, *, patient_id: UUID, recipient: str, phone: str, expected_version: int | None
) -> OpenNumber:
    """The number of that person, if it is the one meant. Raises Missing, StaleVersion, Unacceptable, Conflict."""
    if recipient not in set(Recipient):
        raise Unacceptable(f"must be one of: {', '.join(Recipient)}", field="recipient")
    patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    meant = read_phone(phone, country=patient.record.country)
    caregiver_id: UUID | None = None
    stored: str | None
    if recipient == Recipient.CAREGIVER:
        caregiver = require_caregiver(work, patient_id=patient_id)
        caregiver_id, stored = caregiver.id, caregiver.phone
    else:
        stored = work.session.get_one(PatientRow, patient_id, populate_existing=True).phone
    if stored is None or stored != meant:
        raise Conflict("not the number in the record: read it again", field="phone")
    return OpenNumber(patient, caregiver_id, stored)
