"""The other side takes a patient over: with this responsibility moves, and with it everything that names a site."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.follow_up import follow_up
from monitor.actions.permitted import permitted
from monitor.actions.transfer_steps import Side, end_transfer, note_step, open_transfer
from monitor.delivery.tell_staff import tell_staff
from monitor.store.patient import find_patient
from monitor.store.transfer import TransferState, carry_over
from monitor.store.treatment import count_change, find_treatments
from monitor.terms import Conflict
from monitor.work import Work


@permitted
def accept_transfer(work: Work, *, transfer_id: UUID, expected_version: int | None = None) -> UUID:
    """Accept an offer: patient, treatments, agenda, alerts and texts are of the new site, by its zone and holidays.

    Visits and samples under way stay as they were agreed; somebody moves or cancels what no longer suits. Raises
    Missing, StaleVersion, Conflict (no longer offered, or the patient died).
    """
    transfer = open_transfer(work, transfer_id=transfer_id, side=Side.TO, expected_version=expected_version)
    patient = find_patient(work.session, patient_id=transfer.patient_id, site_ids=None)
    if patient is None or patient.died_on is not None:
        raise Conflict("the patient died", field="transfer_id")
    end_transfer(work, transfer, of=(TransferState.OFFERED,), to=TransferState.ACCEPTED, reason=None)
    carry_over(work.session, patient_id=transfer.patient_id, site_id=transfer.to_site_id)
    tell_staff(work, patient_id=transfer.patient_id)
    note_step(work, transfer, "accept_transfer")
    for treatment in find_treatments(work.session, site_ids=None, patient_id=transfer.patient_id):
        count_change(work.session, treatment_id=treatment.id)
        follow_up(work, treatment_id=treatment.id)
    return transfer.id
