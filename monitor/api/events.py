"""`/events`: waive an item, complete a task, note a vaccination, take one of these back, list them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.complete_task import complete_task
from monitor.actions.record_vaccination import record_vaccination
from monitor.actions.retract_event import retract_event
from monitor.actions.waive_item import waive_item
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.events import Event, events
from monitor.overviews.pages import Page
from monitor.schemas.banner import FiledSchema
from monitor.schemas.events import (
    CompleteTaskSchema,
    EventPageSchema,
    EventsQuery,
    VaccinationSchema,
    WaiveItemSchema,
)
from monitor.schemas.form import ReasonSchema

routes = Routes("events", "What else happens to a treatment.")


@routes.route("/waivers", methods=["POST"])
@routes.arguments(WaiveItemSchema)
@routes.response(201, FiledSchema)
def waive(body: dict[str, Any]) -> dict[str, UUID]:
    """Waive one item, with the reason why."""
    with at_work() as work:
        return {"id": waive_item(work, **body)}


@routes.route("/completions", methods=["POST"])
@routes.arguments(CompleteTaskSchema)
@routes.response(201, FiledSchema)
def complete(body: dict[str, Any]) -> dict[str, UUID]:
    """A task was done."""
    with at_work() as work:
        return {"id": complete_task(work, **body)}


@routes.route("/vaccinations", methods=["POST"])
@routes.arguments(VaccinationSchema)
@routes.response(201, FiledSchema)
def vaccination(body: dict[str, Any]) -> dict[str, UUID]:
    """A vaccine was given."""
    with at_work() as work:
        return {"id": record_vaccination(work, **body)}


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(EventsQuery, location="query")
@routes.response(200, EventPageSchema, headers=LINK)
def list_events(query: dict[str, Any]) -> tuple[Page[Event], dict[str, str]]:
    """The events of one treatment, those taken back included."""
    with at_work(only_reads=True) as work:
        page = events(work, **query)
    return with_link(page)


@routes.route("/<uuid:event_id>/retract", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], event_id: UUID) -> dict[str, UUID]:
    """Take an event back."""
    with at_work() as work:
        return {"id": retract_event(work, event_id=event_id, **body)}
