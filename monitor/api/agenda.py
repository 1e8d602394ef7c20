"""`/agenda`: the work list."""

from __future__ import annotations

from typing import Any

from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.agenda import AgendaItem, agenda
from monitor.overviews.pages import Page
from monitor.schemas.agenda import AgendaPageSchema, AgendaQuery

routes = Routes("agenda", "The work list: overdue, late, today, upcoming.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(AgendaQuery, location="query")
@routes.response(200, AgendaPageSchema, headers=LINK)
def list_agenda(query: dict[str, Any]) -> tuple[Page[AgendaItem], dict[str, str]]:
    """What waits for somebody at your sites, oldest due date first."""
    with at_work(only_reads=True) as work:
        page = agenda(work, bucket=query.pop("state"), **query)
    return with_link(page)
