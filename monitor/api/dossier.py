"""`/treatments/…/dossier`: what stands in it, its whole history, and statements recorded, corrected, retracted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.correct_dossier_entry import correct_dossier_entry
from monitor.actions.record_dossier_entry import record_dossier_entry
from monitor.actions.retract_dossier_entry import retract_dossier_entry
from monitor.api.paging import with_link
from monitor.api.problem_api import PREFIX
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.dossier import Dossier, dossier
from monitor.overviews.dossier_entries import DossierEntry, dossier_entries
from monitor.overviews.pages import Page
from monitor.schemas.banner import FiledSchema
from monitor.schemas.dossier import (
    CorrectDossierEntrySchema,
    DossierEntriesQuery,
    DossierEntryPageSchema,
    DossierSchema,
    RecordDossierEntrySchema,
)
from monitor.schemas.form import ReasonSchema

routes = Routes("dossier", "What is known around a treatment.", prefix=f"{PREFIX}/treatments/<uuid:treatment_id>")


@routes.route("", methods=["GET"])
@routes.response(200, DossierSchema)
def show(treatment_id: UUID) -> Dossier:
    """What stands now, section by section."""
    with at_work(only_reads=True) as work:
        return dossier(work, treatment_id=treatment_id)


@routes.route("/entries", methods=["POST"])
@routes.arguments(RecordDossierEntrySchema)
@routes.response(201, FiledSchema)
def record(body: dict[str, Any], treatment_id: UUID) -> dict[str, UUID]:
    """State something in a section."""
    with at_work() as work:
        return {"id": record_dossier_entry(work, treatment_id=treatment_id, **body)}


@routes.route("/entries", methods=["GET"], endpoint="list")
@routes.arguments(DossierEntriesQuery, location="query")
@routes.response(200, DossierEntryPageSchema, headers=LINK)
def list_entries(query: dict[str, Any], treatment_id: UUID) -> tuple[Page[DossierEntry], dict[str, str]]:
    """Everything that was ever stated, corrected and retracted entries included."""
    with at_work(only_reads=True) as work:
        page = dossier_entries(work, treatment_id=treatment_id, **query)
    return with_link(page)


@routes.route("/entries/<uuid:entry_id>/correct", methods=["POST"])
@routes.arguments(CorrectDossierEntrySchema)
@routes.response(201, FiledSchema)
def correct(body: dict[str, Any], treatment_id: UUID, entry_id: UUID) -> dict[str, UUID]:
    """Say what is right."""
    with at_work() as work:
        return {"id": correct_dossier_entry(work, treatment_id=treatment_id, entry_id=entry_id, **body)}


@routes.route("/entries/<uuid:entry_id>/retract", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], treatment_id: UUID, entry_id: UUID) -> dict[str, UUID]:
    """Take a statement back."""
    with at_work() as work:
        return {"id": retract_dossier_entry(work, treatment_id=treatment_id, entry_id=entry_id, **body)}
