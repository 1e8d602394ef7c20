"""Puts a new fact into the record: the row, its audit entry, the next version, and everything brought into step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from monitor.actions.follow_up import FollowUp, follow_up
from monitor.actions.open_record import OpenPatient, OpenTreatment
from monitor.store.administration import AdministrationRow
from monitor.store.appointment import AppointmentRow
from monitor.store.assessment import AssessmentRow
from monitor.store.call import CallRow
from monitor.store.declaration import DeclarationRow
from monitor.store.dossier import DossierRow
from monitor.store.event import EventRow
from monitor.store.follow_up_form import FollowUpFormRow
from monitor.store.letter import LetterRow
from monitor.store.patient import change_patient
from monitor.store.planned_course import PlannedCourseRow
from monitor.store.result import ResultRow
from monitor.store.sample_taken import SampleTakenRow
from monitor.store.sign_report import SignReportRow
from monitor.store.treatment import count_change
from monitor.work import Work

_PatientFact = ResultRow | AssessmentRow
_TreatmentFact = (
    AdministrationRow
    | AppointmentRow
    | CallRow
    | DeclarationRow
    | DossierRow
    | EventRow
    | FollowUpFormRow
    | LetterRow
    | PlannedCourseRow
    | SampleTakenRow
    | SignReportRow
)


def file_fact(
    work: Work,
    treatment: OpenTreatment,
    row: _TreatmentFact,
    *,
    action: str,
    why: str | None = None,
    content: Mapping[str, object] | None = None,
) -> UUID:
    """File a fact of one treatment and follow the treatment up; the id of the row."""
    work.session.add(row)
    work.session.flush()
    count_change(work.session, treatment_id=treatment.record.id)
    work.note(
        action,
        patient_id=treatment.record.patient_id,
        site_id=treatment.record.site_id,
        subject=f"{row.__tablename__} {row.id}",
        why=why,
        content={"treatment": treatment.record.id, "replaces": row.replaces_id, **(content or {})},
    )
    follow_up(work, treatment_id=treatment.record.id)
    return row.id


@dataclass(frozen=True, slots=True)
class FiledFacts:
    """The ids of the rows, and what following up each treatment of the patient came to."""

    ids: tuple[UUID, ...]
    follow_ups: Mapping[UUID, FollowUp]


def file_patient_facts(
    work: Work,
    patient: OpenPatient,
    rows: Sequence[_PatientFact],
    *,
    action: str,
    subject: str,
    why: str | None = None,
) -> FiledFacts:
    """File facts of a patient, all or none, and follow up every treatment."""
    work.session.add_all(rows)
    work.session.flush()
    change_patient(work.session, patient_id=patient.record.id)
    work.note(
        action,
        patient_id=patient.record.id,
        site_id=patient.record.site_id,
        subject=subject,
        why=why,
        content={"rows": [row.id for row in rows], "replaces": [row.replaces_id for row in rows if row.replaces_id]},
    )
    arrived = [row.id for row in rows if isinstance(row, ResultRow)]
    follow_ups = {one.id: follow_up(work, treatment_id=one.id, arrived=arrived) for one in patient.treatments}
    return FiledFacts(ids=tuple(row.id for row in rows), follow_ups=follow_ups)
