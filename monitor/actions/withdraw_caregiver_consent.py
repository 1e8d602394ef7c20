"""A caregiver wants no more text messages; they remain a caregiver, and whoever looked to them finds another way."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.caregiver_at_hand import open_caregiver
from monitor.actions.follow_up import follow_up
from monitor.actions.permitted import permitted
from monitor.delivery.consent import note_caregiver_consent
from monitor.work import Work


@permitted
def withdraw_caregiver_consent(
    work: Work, *, patient_id: UUID, reason: str, expected_version: int | None = None
) -> UUID:
    """Note the withdrawal; a second one changes nothing. What is queued is suppressed when its turn comes.

    Raises Missing, StaleVersion, Unacceptable, Conflict (there is no caregiver).
    """
    why = read_reason(reason)
    patient, caregiver = open_caregiver(work, patient_id=patient_id, expected_version=expected_version)
    entry = note_caregiver_consent(
        work,
        caregiver_id=caregiver.id,
        patient_id=patient_id,
        site_id=patient.record.site_id,
        is_given=False,
        action="withdraw_caregiver_consent",
        reason=why,
    )
    for treatment in patient.treatments:
        follow_up(work, treatment_id=treatment.id)
    return entry
