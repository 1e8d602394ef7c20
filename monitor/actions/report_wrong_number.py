"""A number was called, and somebody else answered: no text goes there until it is confirmed or replaced (H34)."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.follow_up import follow_up
from monitor.actions.number_at_hand import open_number
from monitor.actions.permitted import permitted
from monitor.delivery.number_check import note_number
from monitor.store.number_check import CheckedBy
from monitor.work import Work


@permitted
def report_wrong_number(
    work: Work, *, patient_id: UUID, recipient: str, phone: str, reason: str, expected_version: int | None = None
) -> UUID:
    """Note that this very number is not the person's; the id of the entry. What waits is suppressed, with a task.

    Raises Missing, StaleVersion, Unacceptable, Conflict (another number, or none, stands in the record).
    """
    why = read_reason(reason)
    number = open_number(
        work, patient_id=patient_id, recipient=recipient, phone=phone, expected_version=expected_version
    )
    entry = note_number(
        work,
        patient_id=patient_id,
        site_id=number.patient.record.site_id,
        caregiver_id=number.caregiver_id,
        phone=number.phone,
        is_right=False,
        checked_by=CheckedBy.CALL,
        reason=why,
    )
    for treatment in number.patient.treatments:
        follow_up(work, treatment_id=treatment.id)
    return entry
