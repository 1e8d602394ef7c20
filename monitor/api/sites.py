"""`/sites`: the hospital departments of this installation."""

from __future__ import annotations

from typing import Any

from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.pages import Page
from monitor.overviews.sites import Site, sites
from monitor.schemas.sites import SitePageSchema, SitesQuery

routes = Routes("sites", "Hospital departments, of which one can be handed a patient.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(SitesQuery, location="query")
@routes.response(200, SitePageSchema, headers=LINK)
def list_sites(query: dict[str, Any]) -> tuple[Page[Site], dict[str, str]]:
    """Every site by name."""
    with at_work(only_reads=True) as work:
        page = sites(work, **query)
    return with_link(page)
