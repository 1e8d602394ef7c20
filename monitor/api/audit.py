"""`/audit`: who changed what about a patient."""

from __future__ import annotations

from typing import Any

from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.audit import AuditEntry, audit
from monitor.overviews.pages import Page
from monitor.schemas.audit import AuditPageSchema, AuditQuery

routes = Routes("audit", "Who changed what about a patient; never changed itself.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(AuditQuery, location="query")
@routes.response(200, AuditPageSchema, headers=LINK)
def list_audit(query: dict[str, Any]) -> tuple[Page[AuditEntry], dict[str, str]]:
    """The audit of one patient, the newest entry first; by reference, without content."""
    with at_work(only_reads=True) as work:
        page = audit(work, **query)
    return with_link(page)
