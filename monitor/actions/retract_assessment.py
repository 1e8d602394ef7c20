"""An assessment that was recorded did not take place."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import select

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_patient_facts
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.store.assessment import AssessmentRow
from monitor.store.succession import counts
from monitor.terms import Conflict, Missing
from monitor.work import Work


@permitted
def retract_assessment(work: Work, *, assessment_id: UUID, reason: str, expected_version: int | None = None) -> UUID:
    """Take an assessment back. The id of the retraction. Raises Missing, StaleVersion, Conflict."""
    why = read_reason(reason)
    patient_id = work.session.scalar(select(AssessmentRow.patient_id).where(AssessmentRow.id == assessment_id))
    if patient_id is None:
        raise Missing("no such assessment", field="assessment_id")
    try:
        patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    except Missing:
        raise Missing("no such assessment", field="assessment_id") from None
    standing = select(AssessmentRow).where(AssessmentRow.id == assessment_id, counts(AssessmentRow))
    old = work.session.scalars(standing).one_or_none()
    if old is None:
        raise Conflict("it was taken back already", field="assessment_id")
    row = AssessmentRow(
        id=uuid4(),
        patient_id=patient_id,
        scale=old.scale,
        value=old.value,
        on=old.on,
        replaces_id=old.id,
        is_retraction=True,
        reason=why,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )
    subject = f"assessment {row.id}"
    return file_patient_facts(work, patient, [row], action="retract_assessment", subject=subject, why=why)[0]
