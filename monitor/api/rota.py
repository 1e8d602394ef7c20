"""`/rota`: who is on duty for a function of a site: list, add, withdraw; and the colleagues there are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.add_turn import add_turn
from monitor.actions.withdraw_turn import withdraw_turn
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.pages import Page
from monitor.overviews.rota import Member, RotaTurn, colleagues, turn, turns
from monitor.schemas.form import CreatedSchema, NothingSchema
from monitor.schemas.rota import (
    AddTurnSchema,
    ColleaguesQuery,
    MemberPageSchema,
    TurnPageSchema,
    TurnSchema,
    TurnsQuery,
)
from monitor.terms import Audience

routes = Routes("rota", "Who is told of alerts first, and who after them.")


@routes.route("", methods=["POST"])
@routes.arguments(AddTurnSchema)
@routes.response(201, CreatedSchema)
def add(body: dict[str, Any]) -> dict[str, UUID]:
    """Put somebody on the rota for some days."""
    audience = Audience(body.pop("audience"))
    with at_work() as work:
        return {"id": add_turn(work, audience=audience, **body)}


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(TurnsQuery, location="query")
@routes.response(200, TurnPageSchema, headers=LINK)
def list_turns(query: dict[str, Any]) -> tuple[Page[RotaTurn], dict[str, str]]:
    """The turns at your sites, those that begin last first, withdrawn ones included."""
    with at_work(only_reads=True) as work:
        page = turns(work, **query)
    return with_link(page)


@routes.route("/colleagues", methods=["GET"], endpoint="colleagues")
@routes.arguments(ColleaguesQuery, location="query")
@routes.response(200, MemberPageSchema, headers=LINK)
def list_colleagues(query: dict[str, Any]) -> tuple[Page[Member], dict[str, str]]:
    """The nurses and neurologists of one of your sites, by name."""
    with at_work(only_reads=True) as work:
        page = colleagues(work, **query)
    return with_link(page)


@routes.route("/<uuid:turn_id>/withdraw", methods=["POST"])
@routes.arguments(NothingSchema, required=False)
@routes.response(200, TurnSchema)
def withdraw(_body: dict[str, Any], turn_id: UUID) -> RotaTurn:
    """Take a turn off the rota."""
    with at_work() as work:
        withdraw_turn(work, turn_id=turn_id)
        return turn(work, turn_id=turn_id)
