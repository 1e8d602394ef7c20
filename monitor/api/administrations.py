"""`/administrations`: record a dose, correct it, retract it, list the doses of a treatment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.correct_administration import correct_administration
from monitor.actions.record_administration import record_administration
from monitor.actions.retract_administration import retract_administration
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes, needs_key
from monitor.edge.house import at_work
from monitor.overviews.administrations import Administration, administrations
from monitor.overviews.pages import Page
from monitor.schemas.administrations import (
    AdministrationPageSchema,
    AdministrationsQuery,
    CorrectAdministrationSchema,
    RecordAdministrationSchema,
)
from monitor.schemas.banner import FiledSchema
from monitor.schemas.form import ReasonSchema

routes = Routes("administrations", "Doses that were given.")


@routes.route("", methods=["POST"])
@routes.arguments(RecordAdministrationSchema)
@routes.response(201, FiledSchema)
@needs_key
def record(body: dict[str, Any]) -> dict[str, UUID]:
    """Record a dose that was given; too early is refused unless a neurologist says why."""
    with at_work() as work:
        return {"id": record_administration(work, **body)}


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(AdministrationsQuery, location="query")
@routes.response(200, AdministrationPageSchema, headers=LINK)
def list_administrations(query: dict[str, Any]) -> tuple[Page[Administration], dict[str, str]]:
    """The doses of one treatment, corrected and retracted ones included."""
    with at_work(only_reads=True) as work:
        page = administrations(work, **query)
    return with_link(page)


@routes.route("/<uuid:administration_id>/correct", methods=["POST"])
@routes.arguments(CorrectAdministrationSchema)
@routes.response(201, FiledSchema)
def correct(body: dict[str, Any], administration_id: UUID) -> dict[str, UUID]:
    """Put a dose right; the wrong row stays readable."""
    with at_work() as work:
        return {"id": correct_administration(work, administration_id=administration_id, **body)}


@routes.route("/<uuid:administration_id>/retract", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], administration_id: UUID) -> dict[str, UUID]:
    """Take a dose back that was never given."""
    with at_work() as work:
        return {"id": retract_administration(work, administration_id=administration_id, **body)}
