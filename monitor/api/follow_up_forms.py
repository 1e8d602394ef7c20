"""`/follow-up-forms`: list those of a treatment; show the one of a dose, filled in; file, correct, retract it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.correct_follow_up_form import correct_follow_up_form
from monitor.actions.file_follow_up_form import file_follow_up_form
from monitor.actions.retract_follow_up_form import retract_follow_up_form
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.follow_up_forms import FollowUpForm, FormOfDose, follow_up_form, follow_up_forms
from monitor.overviews.pages import Page
from monitor.schemas.banner import FiledSchema
from monitor.schemas.follow_up_forms import (
    CorrectFollowUpFormSchema,
    FileFollowUpFormSchema,
    FollowUpFormSchema,
    FollowUpFormsQuery,
    FormOfDosePageSchema,
    RetractFollowUpFormSchema,
)

routes = Routes("follow-up-forms", "What is asked at each dose; a form is named by its dose.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(FollowUpFormsQuery, location="query")
@routes.response(200, FormOfDosePageSchema, headers=LINK)
def list_forms(query: dict[str, Any]) -> tuple[Page[FormOfDose], dict[str, str]]:
    """The form of each dose of a treatment, the newest dose first, with those filed for doses that were taken back."""
    with at_work(only_reads=True) as work:
        page = follow_up_forms(work, **query)
    return with_link(page)


@routes.route("/<uuid:dose_id>", methods=["GET"])
@routes.response(200, FollowUpFormSchema)
def show(dose_id: UUID) -> FollowUpForm:
    """The form of a dose, with what the record knows filled in."""
    with at_work(only_reads=True) as work:
        return follow_up_form(work, dose_id=dose_id)


@routes.route("/<uuid:dose_id>", methods=["POST"])
@routes.arguments(FileFollowUpFormSchema)
@routes.response(201, FiledSchema)
def file(body: dict[str, Any], dose_id: UUID) -> dict[str, UUID]:
    """File the form of a dose."""
    with at_work() as work:
        return {"id": file_follow_up_form(work, dose_id=dose_id, **body)}


@routes.route("/<uuid:dose_id>/correct", methods=["POST"])
@routes.arguments(CorrectFollowUpFormSchema)
@routes.response(201, FiledSchema)
def correct(body: dict[str, Any], dose_id: UUID) -> dict[str, UUID]:
    """Say what is right; a conflict if somebody else corrected the form meanwhile."""
    with at_work() as work:
        return {"id": correct_follow_up_form(work, dose_id=dose_id, **body)}


@routes.route("/<uuid:dose_id>/retract", methods=["POST"])
@routes.arguments(RetractFollowUpFormSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], dose_id: UUID) -> dict[str, UUID]:
    """Take a form back: the dose has an open one again."""
    with at_work() as work:
        return {"id": retract_follow_up_form(work, dose_id=dose_id, **body)}
