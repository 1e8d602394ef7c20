"""Somebody called a number and knows now whose telephone it is: the patient's, or the caregiver's (H34)."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.follow_up import follow_up
from monitor.actions.number_at_hand import open_number
from monitor.actions.permitted import permitted
from monitor.delivery.number_check import note_number
from monitor.store.number_check import CheckedBy
from monitor.work import Work


@permitted
def confirm_number(
    work: Work, *, patient_id: UUID, recipient: str, phone: str, expected_version: int | None = None
) -> UUID:
    """Note that the person was reached at this very number; the id of the entry. Texts may go there from now on.

    `phone` is the number that was called, so that nobody confirms one that was changed meanwhile.
    Raises Missing, StaleVersion, Unacceptable, Conflict (another number, or none, stands in the record).
    """
    number = open_number(
        work, patient_id=patient_id, recipient=recipient, phone=phone, expected_version=expected_version
    )
    entry = note_number(
        work,
        patient_id=patient_id,
        site_id=number.patient.record.site_id,
        caregiver_id=number.caregiver_id,
        phone=number.phone,
        is_right=True,
        checked_by=CheckedBy.CALL,
    )
    for treatment in number.patient.treatments:
        follow_up(work, treatment_id=treatment.id)
    return entry
