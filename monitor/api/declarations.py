"""`/treatments/…/declarations`: keep what a patient says to have done, take it back, list it; it counts for nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.declare_done import declare_done
from monitor.actions.retract_declaration import retract_declaration
from monitor.api.paging import with_link
from monitor.api.problem_api import PREFIX
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.declarations import Declaration, declarations
from monitor.overviews.pages import Page
from monitor.schemas.banner import FiledSchema
from monitor.schemas.declarations import DeclarationPageSchema, DeclarationsQuery, DeclareSchema
from monitor.schemas.form import ReasonSchema

routes = Routes(
    "declarations",
    "What patients say to have done; shown on the work list, and counted for nothing.",
    prefix=f"{PREFIX}/treatments/<uuid:treatment_id>",
)


@routes.route("", methods=["POST"])
@routes.arguments(DeclareSchema)
@routes.response(201, FiledSchema)
def declare(body: dict[str, Any], treatment_id: UUID) -> dict[str, UUID]:
    """Keep that the patient says it was done; only a result ends what is owed."""
    with at_work() as work:
        return {"id": declare_done(work, treatment_id=treatment_id, **body)}


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(DeclarationsQuery, location="query")
@routes.response(200, DeclarationPageSchema, headers=LINK)
def list_declarations(query: dict[str, Any], treatment_id: UUID) -> tuple[Page[Declaration], dict[str, str]]:
    """Everything that was declared, what was taken back included."""
    with at_work(only_reads=True) as work:
        page = declarations(work, treatment_id=treatment_id, **query)
    return with_link(page)


@routes.route("/<uuid:declaration_id>/retract", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], treatment_id: UUID, declaration_id: UUID) -> dict[str, UUID]:
    """Take a declaration back."""
    with at_work() as work:
        return {"id": retract_declaration(work, treatment_id=treatment_id, declaration_id=declaration_id, **body)}
