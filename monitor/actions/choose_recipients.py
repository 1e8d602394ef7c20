"""Whom the texts about a patient go to, as the patient wants it: themselves, the caregiver, or both."""

from __future__ import annotations

from uuid import UUID, uuid4

from monitor.actions.caregiver_at_hand import require_caregiver
from monitor.actions.follow_up import follow_up
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.delivery.queue import cancel_messages
from monitor.store.patient import change_patient
from monitor.store.recipient import Chosen, Recipient, RecipientChoiceRow, newest_choice
from monitor.terms import Unacceptable
from monitor.work import Work


@permitted
def choose_recipients(work: Work, *, patient_id: UUID, recipients: str, expected_version: int | None = None) -> UUID:
    """Note the choice; what waits for somebody who is not chosen any more is cancelled. The id of the patient.

    Whoever is chosen and cannot be reached becomes a task: nobody else gets the text unasked. Raises Missing,
    StaleVersion, Unacceptable, Conflict (there is no caregiver to choose).
    """
    if recipients not in set(Chosen):
        raise Unacceptable(f"must be one of: {', '.join(Chosen)}", field="recipients")
    patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    chosen = Chosen(recipients)
    if chosen is not Chosen.SELF:
        require_caregiver(work, patient_id=patient_id)
    newest = newest_choice(work.session, patient_id=patient_id)
    if chosen == (Chosen.SELF if newest is None else newest.recipients):
        return patient_id
    row = RecipientChoiceRow(
        id=uuid4(),
        patient_id=patient_id,
        number=1 if newest is None else newest.number + 1,
        recipients=chosen.value,
        at=work.at,
        recorded_by=work.by.id,
    )
    work.session.add(row)
    work.session.flush()
    change_patient(work.session, patient_id=patient_id)
    work.note(
        "choose_recipients",
        patient_id=patient_id,
        site_id=patient.record.site_id,
        subject=f"recipient_choice {row.id}",
        content={"recipients": chosen.value},
    )
    others = tuple(one for one in Recipient if one not in chosen.recipients)
    cancel_messages(work, patient_id=patient_id, why="texts go to somebody else now", recipients=others)
    for treatment in patient.treatments:
        follow_up(work, treatment_id=treatment.id)
    return patient_id
