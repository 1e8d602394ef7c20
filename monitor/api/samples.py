"""`/samples`: note that one was taken and its result is awaited, take the note back, list them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.note_sample_taken import note_sample_taken
from monitor.actions.retract_sample_taken import retract_sample_taken
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.pages import Page
from monitor.overviews.samples import Sample, samples
from monitor.schemas.banner import FiledSchema
from monitor.schemas.form import ReasonSchema
from monitor.schemas.samples import SamplePageSchema, SamplesQuery, SampleTakenSchema

routes = Routes("samples", "Samples taken whose result is awaited; none of them credits anything.")


@routes.route("", methods=["POST"])
@routes.arguments(SampleTakenSchema)
@routes.response(201, FiledSchema)
def note(body: dict[str, Any]) -> dict[str, UUID]:
    """Note that a sample was taken."""
    with at_work() as work:
        return {"id": note_sample_taken(work, **body)}


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(SamplesQuery, location="query")
@routes.response(200, SamplePageSchema, headers=LINK)
def list_samples(query: dict[str, Any]) -> tuple[Page[Sample], dict[str, str]]:
    """The samples noted for one treatment, those taken back included."""
    with at_work(only_reads=True) as work:
        page = samples(work, **query)
    return with_link(page)


@routes.route("/<uuid:sample_id>/retract", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], sample_id: UUID) -> dict[str, UUID]:
    """Take the note back: it was not taken, or it is lost."""
    with at_work() as work:
        return {"id": retract_sample_taken(work, sample_id=sample_id, **body)}
