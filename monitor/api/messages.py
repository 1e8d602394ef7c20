"""`/messages`: the text messages and how far each of them came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.reconcile_messages import ask_for_reconciliation, reconcile_messages
from monitor.actions.retry_message import retry_message
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.delivery.reconcile import Reconciled
from monitor.edge.db import sessions
from monitor.edge.house import at_work, house
from monitor.overviews.message_life import MessageLife, message_life
from monitor.overviews.messages import Message, messages
from monitor.overviews.pages import Page
from monitor.schemas.form import ReasonSchema
from monitor.schemas.messages import (
    MessagePageSchema,
    MessagesQuery,
    OneMessageSchema,
    ReconciledSchema,
    ReconcileSchema,
)

_AT_ONCE = 20  # a request is not to take minutes; `next` leads to the rest

routes = Routes("messages", "Text messages and how far they came.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(MessagesQuery, location="query")
@routes.response(200, MessagePageSchema, headers=LINK)
def list_messages(query: dict[str, Any]) -> tuple[Page[Message], dict[str, str]]:
    """The messages of your sites, the newest first."""
    with at_work(only_reads=True) as work:
        page = messages(work, **query)
    return with_link(page)


@routes.route("/reconcile", methods=["POST"])
@routes.arguments(ReconcileSchema)
@routes.response(200, ReconciledSchema)
def reconcile(body: dict[str, Any]) -> Reconciled:
    """Ask the provider now about the texts of your sites whose end is open, at most twenty at a time.

    What is found settles its message; what is not found waits for its turn, so that nobody gets a copy too many.
    """
    with at_work() as work:
        site_ids = ask_for_reconciliation(work, **body)
    parts = house()
    return reconcile_messages(
        sessions(),
        catalog=parts.catalog,
        settings=parts.settings,
        at_of=parts.clock,
        site_ids=site_ids,
        at_most=_AT_ONCE,
        **body,
    )


@routes.route("/<uuid:message_id>", methods=["GET"])
@routes.response(200, OneMessageSchema)
def show(message_id: UUID) -> MessageLife:
    """One message with its life: attempts, looks, what was noted about it, whose task it became."""
    with at_work(only_reads=True) as work:
        return message_life(work, message_id=message_id)


@routes.route("/<uuid:message_id>/retry", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(200, OneMessageSchema)
def retry(body: dict[str, Any], message_id: UUID) -> MessageLife:
    """Send once more what failed or needs a person; refused where it may have arrived twice, or is too late."""
    with at_work() as work:
        retry_message(work, message_id=message_id, **body)
        return message_life(work, message_id=message_id)
