"""`/absences`: who is away: list, add, withdraw."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.add_absence import add_absence
from monitor.actions.withdraw_absence import withdraw_absence
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.absences import Absence, absence, absences
from monitor.overviews.pages import Page
from monitor.schemas.absences import AbsencePageSchema, AbsenceSchema, AbsencesQuery, AddAbsenceSchema
from monitor.schemas.form import CreatedSchema, NothingSchema

routes = Routes("absences", "Who is away, so that alerts go past them.")


@routes.route("", methods=["POST"])
@routes.arguments(AddAbsenceSchema)
@routes.response(201, CreatedSchema)
def add(body: dict[str, Any]) -> dict[str, UUID]:
    """Note that a colleague is away for some days."""
    with at_work() as work:
        return {"id": add_absence(work, **body)}


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(AbsencesQuery, location="query")
@routes.response(200, AbsencePageSchema, headers=LINK)
def list_absences(query: dict[str, Any]) -> tuple[Page[Absence], dict[str, str]]:
    """The absences of the colleagues of your sites, those that begin last first, withdrawn ones included."""
    with at_work(only_reads=True) as work:
        page = absences(work, **query)
    return with_link(page)


@routes.route("/<uuid:absence_id>/withdraw", methods=["POST"])
@routes.arguments(NothingSchema, required=False)
@routes.response(200, AbsenceSchema)
def withdraw(_body: dict[str, Any], absence_id: UUID) -> Absence:
    """Take an absence back."""
    with at_work() as work:
        withdraw_absence(work, absence_id=absence_id)
        return absence(work, absence_id=absence_id)
