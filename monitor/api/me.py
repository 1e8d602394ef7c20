"""`/me`: the account behind the token."""

from __future__ import annotations

from monitor.api.routes import Routes
from monitor.edge.house import at_work
from monitor.overviews.me import Me, me
from monitor.schemas.me import MeSchema

routes = Routes("me", "Your own account.")


@routes.route("", methods=["GET"])
@routes.response(200, MeSchema)
def show() -> Me:
    """Who you are signed in as, and the sites you may act for."""
    with at_work(only_reads=True) as work:
        return me(work)
