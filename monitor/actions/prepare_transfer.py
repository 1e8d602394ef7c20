"""A patient is to be handed over to another site: prepared here, and nothing moves yet (H50)."""

from __future__ import annotations

from uuid import UUID, uuid4

from monitor.actions.acceptable import read_reason
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.actions.transfer_steps import note_step
from monitor.store.site import SiteRow
from monitor.store.transfer import TransferRow, TransferState, is_under_way
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work


@permitted
def prepare_transfer(work: Work, *, patient_id: UUID, to_site_id: UUID, reason: str) -> UUID:
    """Prepare the hand-over of a patient with all treatments; a neurologist of this site has still to offer it.

    Raises Missing, Unacceptable (no such site, or the patient's own), Conflict (one is under way, or the
    patient died).
    """
    why = read_reason(reason)
    patient = open_patient(work, patient_id=patient_id)
    if patient.record.died_on is not None:
        raise Conflict("the patient died", field="patient_id")
    if to_site_id == patient.record.site_id or work.session.get(SiteRow, to_site_id) is None:
        raise Unacceptable("must be another site", field="to_site_id")
    if is_under_way(work.session, patient_id=patient_id):
        raise Conflict("a hand-over of the patient is under way already", field="patient_id")
    row = TransferRow(
        id=uuid4(),
        patient_id=patient_id,
        from_site_id=patient.record.site_id,
        to_site_id=to_site_id,
        state=TransferState.PREPARED.value,
        reason=why,
        proposed_by=work.by.id,
        proposed_at=work.at,
    )
    work.session.add(row)
    work.session.flush()
    note_step(work, row, "prepare_transfer", why=why)
    return row.id
