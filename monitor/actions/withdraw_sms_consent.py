"""A patient wants no more text messages; surveillance goes on, through another channel (H35)."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.give_sms_consent import file_consent
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.work import Work


@permitted
def withdraw_sms_consent(work: Work, *, patient_id: UUID, reason: str, expected_version: int | None = None) -> UUID:
    """Note the withdrawal; a second one changes nothing. Queued texts are suppressed when their turn comes.

    Raises Missing, StaleVersion, Unacceptable.
    """
    why = read_reason(reason)
    patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    return file_consent(work, patient, is_given=False, action="withdraw_sms_consent", reason=why)
