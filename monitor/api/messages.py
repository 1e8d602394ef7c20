"""`/messages`: the text messages and how far each of them came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.messages import Message, message, messages
from monitor.overviews.pages import Page
from monitor.schemas.messages import MessagePageSchema, MessagesQuery, OneMessageSchema

routes = Routes("messages", "Text messages and how far they came.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(MessagesQuery, location="query")
@routes.response(200, MessagePageSchema, headers=LINK)
def list_messages(query: dict[str, Any]) -> tuple[Page[Message], dict[str, str]]:
    """The messages of your sites, the newest first."""
    with at_work(only_reads=True) as work:
        page = messages(work, **query)
    return with_link(page)


@routes.route("/<uuid:message_id>", methods=["GET"])
@routes.response(200, OneMessageSchema)
def show(message_id: UUID) -> Message:
    """One message."""
    with at_work(only_reads=True) as work:
        return message(work, message_id=message_id)
