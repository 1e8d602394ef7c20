"""`/inbound-messages`: what people wrote to us; nothing in it counts for anything."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.inbound_messages import InboundMessage, inbound_message, inbound_messages
from monitor.overviews.pages import Page
from monitor.schemas.inbound_messages import InboundMessagePageSchema, InboundMessagesQuery, OneInboundMessageSchema

routes = Routes("inbound-messages", "Texts that people wrote to us; none of them counts for anything.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(InboundMessagesQuery, location="query")
@routes.response(200, InboundMessagePageSchema, headers=LINK)
def list_inbound_messages(query: dict[str, Any]) -> tuple[Page[InboundMessage], dict[str, str]]:
    """What was written from the numbers of your patients, and from those that nobody has; the newest first."""
    with at_work(only_reads=True) as work:
        page = inbound_messages(work, **query)
    return with_link(page)


@routes.route("/<uuid:inbound_id>", methods=["GET"])
@routes.response(200, OneInboundMessageSchema)
def show(inbound_id: UUID) -> InboundMessage:
    """One text; the task that it opened names it as its `evidence`."""
    with at_work(only_reads=True) as work:
        return inbound_message(work, inbound_id=inbound_id)
