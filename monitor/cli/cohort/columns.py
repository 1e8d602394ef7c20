"""The tables that a story fills, in the order of writing, and the columns of each that it knows."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.store.administration import AdministrationRow
from monitor.store.appointment import AppointmentRow
from monitor.store.assessment import AssessmentRow
from monitor.store.base import Base
from monitor.store.bulk import Row
from monitor.store.call import CallRow
from monitor.store.dossier import DossierRow
from monitor.store.event import EventRow
from monitor.store.follow_up_form import FollowUpFormRow
from monitor.store.number_check import NumberCheckRow
from monitor.store.patient import PatientRow, SmsConsentRow
from monitor.store.planned_course import PlannedCourseRow
from monitor.store.result import ResultRow
from monitor.store.sample_taken import SampleTakenRow
from monitor.store.treatment import TreatmentRow

Rows = dict[type[Base], list[Row]]

_END = ("is_retraction", "recorded_by", "recorded_at")  # nothing in a story is corrected or taken back

COLUMNS: Mapping[type[Base], tuple[str, ...]] = {
    PatientRow: (
        "id", "site_id", "family_name", "given_name", "birth_date", "phone", "sex", "language", "died_on", "version",
        "created_at",
    ),
    SmsConsentRow: ("id", "patient_id", "number", "is_given", "at", "recorded_by"),
    NumberCheckRow: ("id", "patient_id", "number", "phone", "is_right", "checked_by", "at", "recorded_by"),
    TreatmentRow: ("id", "patient_id", "site_id", "protocol", "profile", "started_on", "version", "created_at"),
    AdministrationRow: ("id", "treatment_id", "on", "course", "day", *_END),
    AssessmentRow: ("id", "patient_id", "scale", "value", "items", "on", "is_confirmed", *_END),
    EventRow: ("id", "treatment_id", "kind", "on", "key", "reason", "vaccine", "live", *_END),
    PlannedCourseRow: ("id", "treatment_id", "course", "starts_on", *_END),
    DossierRow: ("id", "treatment_id", "section", "content", *_END),
    FollowUpFormRow: ("id", "treatment_id", "administration_id", "answers", *_END),
    AppointmentRow: ("id", "treatment_id", "keys", "on", "time", "place", *_END),
    SampleTakenRow: ("id", "treatment_id", "keys", "taken_on", "laboratory", *_END),
    CallRow: ("id", "treatment_id", "keys", "callee", "outcome", "called_at", *_END),
    ResultRow: (
        "id", "patient_id", "panel_id", "position", "analyte", "value", "unit", "canonical", "comparator", "decimal",
        "status", "is_confirmed", "collected_on", "recorded_by", "recorded_at",
    ),
}  # fmt: skip
