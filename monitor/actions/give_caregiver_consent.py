"""A caregiver agrees to text messages, for themselves: the patient cannot do it in their place."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.caregiver_at_hand import open_caregiver
from monitor.actions.follow_up import follow_up
from monitor.actions.permitted import permitted
from monitor.delivery.consent import note_caregiver_consent
from monitor.terms import Conflict
from monitor.work import Work


@permitted
def give_caregiver_consent(work: Work, *, patient_id: UUID, expected_version: int | None = None) -> UUID:
    """Note the consent; where it is given already, nothing happens. The id of the entry that counts.

    Raises Missing, StaleVersion, Conflict (there is no caregiver, or the patient died).
    """
    patient, caregiver = open_caregiver(work, patient_id=patient_id, expected_version=expected_version)
    if patient.record.died_on is not None:
        raise Conflict("the patient died", field="patient_id")
    entry = note_caregiver_consent(
        work,
        caregiver_id=caregiver.id,
        patient_id=patient_id,
        site_id=patient.record.site_id,
        is_given=True,
        action="give_caregiver_consent",
        reason=None,
    )
    for treatment in patient.treatments:
        follow_up(work, treatment_id=treatment.id)
    return entry
