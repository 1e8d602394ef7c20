"""`/treatments/…/signs`: report what a patient noticed and be told what to do; correct it, take it back, list it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.correct_signs import correct_signs
from monitor.actions.report_signs import report_signs
from monitor.actions.retract_signs import retract_signs
from monitor.actions.sign_report_filed import ReportedSigns
from monitor.api.paging import with_link
from monitor.api.problem_api import PREFIX
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.pages import Page
from monitor.overviews.sign_reports import SignReport, sign_reports
from monitor.schemas.banner import FiledSchema
from monitor.schemas.form import ReasonSchema
from monitor.schemas.signs import (
    CorrectSignsSchema,
    ReportedSignsSchema,
    ReportSignsSchema,
    SignReportPageSchema,
    SignsQuery,
)

routes = Routes(
    "signs", "What patients noticed; answered with what to do.", prefix=f"{PREFIX}/treatments/<uuid:treatment_id>"
)


@routes.route("", methods=["POST"])
@routes.arguments(ReportSignsSchema)
@routes.response(201, ReportedSignsSchema)
def report(body: dict[str, Any], treatment_id: UUID) -> ReportedSigns:
    """Report signs; whoever must know is alerted, and the answer is what the patient must be told now."""
    with at_work() as work:
        return report_signs(work, treatment_id=treatment_id, **body)


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(SignsQuery, location="query")
@routes.response(200, SignReportPageSchema, headers=LINK)
def list_reports(query: dict[str, Any], treatment_id: UUID) -> tuple[Page[SignReport], dict[str, str]]:
    """Everything that was reported, corrected and retracted reports included."""
    with at_work(only_reads=True) as work:
        page = sign_reports(work, treatment_id=treatment_id, **query)
    return with_link(page)


@routes.route("/<uuid:report_id>/correct", methods=["POST"])
@routes.arguments(CorrectSignsSchema)
@routes.response(201, ReportedSignsSchema)
def correct(body: dict[str, Any], treatment_id: UUID, report_id: UUID) -> ReportedSigns:
    """Say what is right; what is no longer reported waits for a person to look."""
    with at_work() as work:
        return correct_signs(work, treatment_id=treatment_id, report_id=report_id, **body)


@routes.route("/<uuid:report_id>/retract", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], treatment_id: UUID, report_id: UUID) -> dict[str, UUID]:
    """Take a report back; its alerts wait for a person to look."""
    with at_work() as work:
        return {"id": retract_signs(work, treatment_id=treatment_id, report_id=report_id, **body)}
