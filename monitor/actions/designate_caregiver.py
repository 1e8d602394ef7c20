"""Somebody looks after a patient and may be written to: name, telephone, language."""

from __future__ import annotations

from uuid import UUID, uuid4

from monitor.actions.acceptable import read_text
from monitor.actions.contact_data import read_language, read_phone
from monitor.actions.follow_up import follow_up
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.actions.register_patient import LONGEST_NAME
from monitor.store.caregiver import CaregiverRow, present_caregiver
from monitor.store.patient import change_patient
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work


@permitted
def designate_caregiver(
    work: Work, *, patient_id: UUID, name: str, phone: str, language: str, expected_version: int | None = None
) -> UUID:
    """Note who looks after the patient; the id of the designation.

    Nothing is sent there before the caregiver consented, the telephone was confirmed, and the texts were to go there.
    Raises Missing, StaleVersion, Unacceptable, Conflict (there is one, or the patient died).
    """
    patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    if patient.record.died_on is not None:
        raise Conflict("the patient died", field="patient_id")
    if present_caregiver(work.session, patient_id=patient_id) is not None:
        raise Conflict("there is a caregiver already: end that designation first", field="patient_id")
    number = read_phone(phone, country=patient.record.country)
    if number is None:
        raise Unacceptable("a caregiver is reached by telephone", field="phone")
    row = CaregiverRow(
        id=uuid4(),
        patient_id=patient_id,
        name=read_text(name, field="name", longest=LONGEST_NAME),
        phone=number,
        language=read_language(language, languages=work.catalog.wording.languages),
        designated_by=work.by.id,
        designated_at=work.at,
    )
    work.session.add(row)
    work.session.flush()
    change_patient(work.session, patient_id=patient_id)
    site_id = patient.record.site_id
    work.note("designate_caregiver", patient_id=patient_id, site_id=site_id, subject=f"caregiver {row.id}")
    for treatment in patient.treatments:
        follow_up(work, treatment_id=treatment.id)
    return row.id
