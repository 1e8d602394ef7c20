"""`/health`: does the process run, and may the installation be relied upon? Asked by machines, without a token."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from monitor.api.routes import Routes
from monitor.edge.db import db
from monitor.edge.disk import free_space
from monitor.edge.house import house
from monitor.overviews.readiness import readiness
from monitor.schemas.health import LiveSchema, ReadySchema

routes = Routes("health", "Whether this installation can be relied upon.", prefix="")


@routes.route("/live", methods=["GET"])
@routes.response(200, LiveSchema)
@routes.doc(security=[])
def live() -> dict[str, str]:
    """The process runs; asks nothing of the database."""
    return {"status": "live"}


@routes.route("/ready", methods=["GET"])
@routes.response(200, ReadySchema)
@routes.alt_response(503, schema=ReadySchema, description="something is wrong: see the checks")
@routes.doc(security=[])
def ready() -> tuple[dict[str, Any], int]:
    """Database, clock, scheduler, worker, provider line, sweep and free space, each by name."""
    parts = house()
    checks = (*readiness(db.session(), at=parts.clock(), settings=parts.settings), free_space(parts.settings))
    is_ready = all(check.is_ok for check in checks)
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return {"status": "ready" if is_ready else "not ready", "checks": checks}, status
