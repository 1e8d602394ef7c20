"""`/alerts`: the inbox, one alert, acknowledge, close."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.api.paging import with_link
from monitor.api.routes import LINK, Routes
from monitor.edge.house import at_work
from monitor.overviews.alerts import Alert, alert, alerts
from monitor.overviews.pages import Page
from monitor.schemas.alerts import AlertPageSchema, AlertSchema, AlertsQuery
from monitor.schemas.form import NothingSchema, ReasonSchema

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
@routes.response(200, AlertSchema)
def show(alert_id: UUID) -> Alert:
    """One alert: why, since when, on what authority."""
    with at_work(only_reads=True) as work:
        return alert(work, alert_id=alert_id)


@routes.route("/<uuid:alert_id>/acknowledge", methods=["POST"])
@routes.arguments(NothingSchema, required=False)
@routes.response(200, AlertSchema)
def acknowledge(_body: dict[str, Any], alert_id: UUID) -> Alert:
    """I have seen it; it stays open until its cause ends or somebody closes it."""
    with at_work() as work:
        acknowledge_alert(work, alert_id=alert_id)
        return alert(work, alert_id=alert_id)


@routes.route("/<uuid:alert_id>/close", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(200, AlertSchema)
def close(body: dict[str, Any], alert_id: UUID) -> Alert:
    """It is dealt with, for this reason."""
    with at_work() as work:
        close_alert(work, alert_id=alert_id, **body)
        return alert(work, alert_id=alert_id)
