"""Somebody no longer looks after a patient: no text goes there any more, and none goes elsewhere unasked."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.caregiver_at_hand import open_caregiver
from monitor.actions.follow_up import follow_up
from monitor.actions.permitted import permitted
from monitor.delivery.queue import cancel_messages
from monitor.store.patient import change_patient
from monitor.store.recipient import Recipient
from monitor.work import Work


@permitted
def end_caregiver(work: Work, *, patient_id: UUID, reason: str, expected_version: int | None = None) -> UUID:
    """End the designation; the id of it. Texts that were to go there become a task until somebody chooses again.

    Raises Missing, StaleVersion, Unacceptable, Conflict (there is none).
    """
    why = read_reason(reason)
    patient, row = open_caregiver(work, patient_id=patient_id, expected_version=expected_version)
    row.ended_at, row.ended_by, row.end_reason = work.at, work.by.id, why
    work.session.flush()
    change_patient(work.session, patient_id=patient_id)
    site_id = patient.record.site_id
    work.note("end_caregiver", patient_id=patient_id, site_id=site_id, subject=f"caregiver {row.id}", why=why)
    cancel_messages(work, patient_id=patient_id, why="the caregiver ended", recipients=(Recipient.CAREGIVER,))
    for treatment in patient.treatments:
        follow_up(work, treatment_id=treatment.id)
    return row.id
