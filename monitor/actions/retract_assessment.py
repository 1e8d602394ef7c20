"""An assessment that was recorded did not take place."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_patient_facts
from monitor.actions.open_fact import open_fact_of_patient
from monitor.actions.permitted import permitted
from monitor.store.assessment import AssessmentRow
from monitor.store.succession import counts, retraction_of
from monitor.work import Work


@permitted
def retract_assessment(work: Work, *, assessment_id: UUID, reason: str) -> UUID:
    """Take an assessment back. The id of the retraction. Raises Missing, Conflict."""
    why = read_reason(reason)
    patient, old = open_fact_of_patient(work, AssessmentRow, assessment_id, is_live=counts(AssessmentRow))
    row = retraction_of(old, by=work.by.id, at=work.at, why=why)
    subject = f"assessment {row.id}"
    return file_patient_facts(work, patient, [row], action="retract_assessment", subject=subject, why=why).ids[0]
