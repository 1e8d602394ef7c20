"""Writes down that a patient agrees to text messages or no longer does, whoever it was that heard it."""

from __future__ import annotations

import uuid

from monitor.store.patient import SmsConsentRow, change_patient, newest_consent
from monitor.work import Work


def note_consent(
    work: Work, *, patient_id: uuid.UUID, site_id: uuid.UUID, is_given: bool, action: str, reason: str | None
) -> uuid.UUID:
    """Append what the patient says now, unless it is what counts already; the id of the entry that counts.

    The caller holds the patient, and sees to it that the treatments are followed up.
    """
    newest = newest_consent(work.session, patient_id=patient_id)
    if newest is not None and newest.is_given is is_given:
        return newest.id
    row = SmsConsentRow(
        id=uuid.uuid4(),
        patient_id=patient_id,
        number=1 if newest is None else newest.number + 1,
        is_given=is_given,
        at=work.at,
        recorded_by=work.by.id,
        reason=reason,
    )
    work.session.add(row)
    work.session.flush()
    change_patient(work.session, patient_id=patient_id)
    work.note(action, patient_id=patient_id, site_id=site_id, subject=f"sms_consent {row.id}", why=reason)
    return row.id
