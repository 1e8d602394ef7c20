"""`/assessments`: record a scale or an examination, correct it, retract it, list those of a patient."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.correct_assessment import correct_assessment
from monitor.actions.record_assessment import record_assessment
from monitor.actions.retract_assessment import retract_assessment
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.assessments import Assessment, assessments
from monitor.overviews.pages import Page
from monitor.schemas.assessments import (
    AssessmentPageSchema,
    AssessmentsQuery,
    CorrectAssessmentSchema,
    RecordAssessmentSchema,
)
from monitor.schemas.banner import FiledSchema
from monitor.schemas.form import ReasonSchema

routes = Routes("assessments", "Scales and examinations.")


@routes.route("", methods=["POST"])
@routes.arguments(RecordAssessmentSchema)
@routes.response(201, FiledSchema)
def record(body: dict[str, Any]) -> dict[str, UUID]:
    """Record a scale or an examination."""
    with at_work() as work:
        return {"id": record_assessment(work, **body)}


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(AssessmentsQuery, location="query")
@routes.response(200, AssessmentPageSchema, headers=LINK)
def list_assessments(query: dict[str, Any]) -> tuple[Page[Assessment], dict[str, str]]:
    """The assessments of one patient, corrected and retracted ones included."""
    with at_work(only_reads=True) as work:
        page = assessments(work, **query)
    return with_link(page)


@routes.route("/<uuid:assessment_id>/correct", methods=["POST"])
@routes.arguments(CorrectAssessmentSchema)
@routes.response(201, FiledSchema)
def correct(body: dict[str, Any], assessment_id: UUID) -> dict[str, UUID]:
    """Say what was really found."""
    with at_work() as work:
        return {"id": correct_assessment(work, assessment_id=assessment_id, **body)}


@routes.route("/<uuid:assessment_id>/retract", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], assessment_id: UUID) -> dict[str, UUID]:
    """Take an assessment back."""
    with at_work() as work:
        return {"id": retract_assessment(work, assessment_id=assessment_id, **body)}
