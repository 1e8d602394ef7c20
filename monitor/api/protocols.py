"""`/protocols`: what each therapy asks for, rule by rule with its sources."""

from __future__ import annotations

from typing import Any

from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.pages import Page
from monitor.overviews.protocol_signs import SignList, protocol_signs
from monitor.overviews.protocols import DescribedProtocol, ProtocolLine, protocol, protocols
from monitor.schemas.protocols import ProtocolPageSchema, ProtocolSchema, ProtocolsQuery
from monitor.schemas.signs import ProtocolSignsQuery, SignListSchema

routes = Routes("protocols", "What each therapy asks for; files of the release, never changed by a request.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(ProtocolsQuery, location="query")
@routes.response(200, ProtocolPageSchema, headers=LINK)
def list_protocols(query: dict[str, Any]) -> tuple[Page[ProtocolLine], dict[str, str]]:
    """Every version of every protocol of this release."""
    with at_work(only_reads=True) as work:
        page = protocols(work, **query)
    return with_link(page)


@routes.route("/<name>", methods=["GET"])
@routes.response(200, ProtocolSchema)
def show(name: str) -> DescribedProtocol:
    """One protocol by its name, `tofersen` for the newest version or `tofersen.v1`, with everything it says."""
    with at_work(only_reads=True) as work:
        return protocol(work, name=name)


@routes.route("/<name>/signs", methods=["GET"])
@routes.arguments(ProtocolSignsQuery, location="query")
@routes.response(200, SignListSchema)
def signs(query: dict[str, Any], name: str) -> SignList:
    """The signs that a patient of this protocol may notice, in a language, to be ticked: emergencies first."""
    with at_work(only_reads=True) as work:
        return protocol_signs(work, name=name, **query)
