"""A patient gets another number, language or time zone."""

from __future__ import annotations

from uuid import UUID, uuid4

from monitor.actions.contact_data import read_language, read_phone, read_timezone
from monitor.actions.follow_up import follow_up
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.delivery.queue import cancel_messages
from monitor.store.former_contact import FormerContactRow
from monitor.store.patient import PatientRow, change_patient
from monitor.store.recipient import Recipient
from monitor.work import Work


@permitted
def change_contact(
    work: Work,
    *,
    patient_id: UUID,
    phone: str | None,
    language: str,
    timezone: str | None,
    expected_version: int | None = None,
) -> UUID:
    """Replace the contact data of a patient; what they were stays readable, texts for the old number are cancelled.

    Raises Missing, StaleVersion, Unacceptable.
    """
    patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    wanted = {
        "phone": read_phone(phone, country=patient.record.country),
        "language": read_language(language, languages=work.catalog.wording.languages),
        "timezone": read_timezone(timezone),
    }
    row = work.session.get_one(PatientRow, patient_id)
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    if not changed:
        return patient_id
    work.session.add(_former(work, row))
    change_patient(work.session, patient_id=patient_id, **wanted)
    work.note(
        "change_contact",
        patient_id=patient_id,
        site_id=patient.record.site_id,
        subject=f"patient {patient_id}",
        content={"changed": changed},
    )
    if "phone" in changed:
        cancel_messages(work, patient_id=patient_id, why="the number changed", recipients=(Recipient.SELF,))
    for treatment in patient.treatments:
        follow_up(work, treatment_id=treatment.id)
    return patient_id


def _former(work: Work, patient: PatientRow) -> FormerContactRow:
    return FormerContactRow(
        id=uuid4(),
        patient_id=patient.id,
        patient_version=patient.version,
        phone=patient.phone,
        language=patient.language,
        timezone=patient.timezone,
        replaced_by=work.by.id,
        replaced_at=work.at,
    )
