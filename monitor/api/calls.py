"""`/calls`: record a telephone call and what came of it, take it back, list them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.record_call import record_call
from monitor.actions.retract_call import retract_call
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.calls import Call, calls
from monitor.overviews.pages import Page
from monitor.schemas.banner import FiledSchema
from monitor.schemas.calls import CallPageSchema, CallsQuery, RecordCallSchema
from monitor.schemas.form import ReasonSchema

routes = Routes("calls", "Telephone calls about a treatment; none of them credits anything.")


@routes.route("", methods=["POST"])
@routes.arguments(RecordCallSchema)
@routes.response(201, FiledSchema)
def record(body: dict[str, Any]) -> dict[str, UUID]:
    """Record a call and its outcome."""
    with at_work() as work:
        return {"id": record_call(work, **body)}


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(CallsQuery, location="query")
@routes.response(200, CallPageSchema, headers=LINK)
def list_calls(query: dict[str, Any]) -> tuple[Page[Call], dict[str, str]]:
    """The calls about one treatment, those taken back included."""
    with at_work(only_reads=True) as work:
        page = calls(work, **query)
    return with_link(page)


@routes.route("/<uuid:call_id>/retract", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(201, FiledSchema)
def retract(body: dict[str, Any], call_id: UUID) -> dict[str, UUID]:
    """Take a call back."""
    with at_work() as work:
        return {"id": retract_call(work, call_id=call_id, **body)}
