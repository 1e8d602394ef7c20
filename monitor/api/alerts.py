"""`/alerts`: the inbox, one alert, acknowledge, close."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.api.changing import changed
from monitor.api.paging import with_link
from monitor.api.routes import ETAG, LINK, Routes, names_its_version
from monitor.edge.house import at_work
from monitor.edge.preconditions import etag
from monitor.overviews.alerts import Alert, alert, alerts
from monitor.overviews.pages import Page
from monitor.schemas.alerts import AlertPageSchema, AlertSchema, AlertsQuery
from monitor.schemas.form import NothingSchema, ReasonSchema

Answer = tuple[Alert, dict[str, str]]

routes = Routes("alerts", "What somebody must act upon, worst first.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(AlertsQuery, location="query")
@routes.response(200, AlertPageSchema, headers=LINK)
def list_alerts(query: dict[str, Any]) -> tuple[Page[Alert], dict[str, str]]:
    """The alerts of your sites, the most pressing first, then the oldest."""
    with at_work(only_reads=True) as work:
        page = alerts(work, is_open=query.pop("state") == "open", **query)
    return with_link(page)


@routes.route("/<uuid:alert_id>", methods=["GET"])
@routes.response(200, AlertSchema, headers=ETAG)
def show(alert_id: UUID) -> Answer:
    """One alert: why, since when, on what authority."""
    with at_work(only_reads=True) as work:
        found = alert(work, alert_id=alert_id)
    return found, etag(found.version)


@routes.route("/<uuid:alert_id>/acknowledge", methods=["POST"])
@routes.arguments(NothingSchema, required=False)
@routes.response(200, AlertSchema, headers=ETAG)
@names_its_version
def acknowledge(_body: dict[str, Any], alert_id: UUID) -> Answer:
    """I have seen it, as it stood in that version; it stays open until its cause ends or somebody closes it."""
    return changed(acknowledge_alert, alert, given={}, alert_id=alert_id)


@routes.route("/<uuid:alert_id>/close", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(200, AlertSchema, headers=ETAG)
@names_its_version
def close(body: dict[str, Any], alert_id: UUID) -> Answer:
    """It is dealt with, for this reason."""
    return changed(close_alert, alert, given=body, alert_id=alert_id)
