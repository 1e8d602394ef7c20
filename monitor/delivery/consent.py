"""Writes down that a patient, or a caregiver, agrees to text messages or no longer does, whoever heard it."""

from __future__ import annotations

import uuid
from typing import Any

from monitor.store.caregiver import CaregiverConsentRow, newest_caregiver_consent
from monitor.store.patient import SmsConsentRow, change_patient, newest_consent
from monitor.work import SYSTEM, Work

_Consent = SmsConsentRow | CaregiverConsentRow
REPORTED_BY_PROVIDER = "reported by the provider"
"""The reason of a withdrawal that we learnt from a refused text."""


def note_consent(
    work: Work, *, patient_id: uuid.UUID, site_id: uuid.UUID, is_given: bool, action: str, reason: str | None
) -> uuid.UUID:
    """Append what the patient says now, unless it is what counts already; the id of the entry that counts.

    What a person writes down is kept beside what a text or the provider said, though it be the same: START gives back
    nothing that a person wrote down (H35). The caller holds the patient, and sees to it that the treatments are
    followed up.
    """
    newest = newest_consent(work.session, patient_id=patient_id)
    if newest is not None and _says_it_already(work, newest, is_given=is_given):
        return newest.id
    row = SmsConsentRow(patient_id=patient_id, **_said(work, newest, is_given=is_given, reason=reason))
    return _file(work, row, patient_id=patient_id, site_id=site_id, action=action)


def note_caregiver_consent(
    work: Work,
    *,
    caregiver_id: uuid.UUID,
    patient_id: uuid.UUID,
    site_id: uuid.UUID,
    is_given: bool,
    action: str,
    reason: str | None,
) -> uuid.UUID:
    """The same of the caregiver of that patient: what the one says is nothing that the other said."""
    newest = newest_caregiver_consent(work.session, caregiver_id=caregiver_id)
    if newest is not None and _says_it_already(work, newest, is_given=is_given):
        return newest.id
    row = CaregiverConsentRow(caregiver_id=caregiver_id, **_said(work, newest, is_given=is_given, reason=reason))
    return _file(work, row, patient_id=patient_id, site_id=site_id, action=action)


def _said(work: Work, newest: _Consent | None, *, is_given: bool, reason: str | None) -> dict[str, Any]:
    """The columns of a new entry after the newest one, but whose it is."""
    return {
        "id": uuid.uuid4(),
        "number": 1 if newest is None else newest.number + 1,
        "is_given": is_given,
        "at": work.at,
        "recorded_by": work.by.id,
        "reason": reason,
    }


def _says_it_already(work: Work, newest: _Consent, *, is_given: bool) -> bool:
    is_of_person = newest.recorded_by != SYSTEM.id or work.by.id == SYSTEM.id
    return newest.is_given is is_given and (is_given or is_of_person)


def _file(work: Work, row: _Consent, *, patient_id: uuid.UUID, site_id: uuid.UUID, action: str) -> uuid.UUID:
    work.session.add(row)
    work.session.flush()
    change_patient(work.session, patient_id=patient_id)
    subject = f"{row.__tablename__} {row.id}"
    work.note(action, patient_id=patient_id, site_id=site_id, subject=subject, why=row.reason)
    return row.id
