"""`/alerts`: the inbox, one alert, what may be done to it, and the ledger of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.actions.snooze_alert import snooze_alert
from monitor.actions.undo_alert import undo_alert
from monitor.api.changing import changed
from monitor.api.paging import with_link
from monitor.api.routes import ETAG, LINK, Routes, names_its_version
from monitor.edge.house import at_work
from monitor.edge.preconditions import etag
from monitor.overviews.alert_ledger import Ledger, alert_ledger
from monitor.overviews.alerts import Alert, alert, alerts
from monitor.overviews.pages import Page
from monitor.overviews.told import ToldOfAlert, told_of_alert
from monitor.schemas.alerts import (
    AlertPageSchema,
    AlertsQuery,
    CloseAlertSchema,
    LedgerQuery,
    LedgerSchema,
    OneAlertSchema,
    SnoozeAlertSchema,
    ToldOfAlertSchema,
)
from monitor.schemas.form import NothingSchema

Answer = tuple[Alert, dict[str, str]]

routes = Routes("alerts", "What somebody must act upon, worst first.")


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(AlertsQuery, location="query")
@routes.response(200, AlertPageSchema, headers=LINK)
def list_alerts(query: dict[str, Any]) -> tuple[Page[Alert], dict[str, str]]:
    """The alerts of your sites, the most pressing first, then the oldest; those put off only where asked for."""
    is_mine = query.pop("mine") == "true"
    with at_work(only_reads=True) as work:
        page = alerts(work, is_mine=is_mine, **query)
    return with_link(page)


@routes.route("/ledger", methods=["GET"])
@routes.arguments(LedgerQuery, location="query")
@routes.response(200, LedgerSchema)
def ledger(query: dict[str, Any]) -> Ledger:
    """By rule, of the alerts that opened in a period: how many, what people did about them, how long until seen."""
    with at_work(only_reads=True) as work:
        return alert_ledger(work, **query)


@routes.route("/<uuid:alert_id>", methods=["GET"])
@routes.response(200, OneAlertSchema, headers=ETAG)
def show(alert_id: UUID) -> Answer:
    """One alert: why, since when, on what authority, by when it must be seen, and who must know now."""
    with at_work(only_reads=True) as work:
        found = alert(work, alert_id=alert_id)
    return found, etag(found.version)


@routes.route("/<uuid:alert_id>/told", methods=["GET"])
@routes.response(200, ToldOfAlertSchema)
def told(alert_id: UUID) -> ToldOfAlert:
    """Who was told of it, each time that it called for somebody, and by which way."""
    with at_work(only_reads=True) as work:
        return told_of_alert(work, alert_id=alert_id)


@routes.route("/<uuid:alert_id>/acknowledge", methods=["POST"])
@routes.arguments(NothingSchema, required=False)
@routes.response(200, OneAlertSchema, headers=ETAG)
@names_its_version
def acknowledge(_body: dict[str, Any], alert_id: UUID) -> Answer:
    """I have seen it, as it stood in that version; it stays open, unless its cause is gone and it waited for this."""
    return changed(acknowledge_alert, alert, given={}, alert_id=alert_id)


@routes.route("/<uuid:alert_id>/close", methods=["POST"])
@routes.arguments(CloseAlertSchema)
@routes.response(200, OneAlertSchema, headers=ETAG)
@names_its_version
def close(body: dict[str, Any], alert_id: UUID) -> Answer:
    """It is dealt with: what was done, and why that settles it."""
    return changed(close_alert, alert, given=body, alert_id=alert_id)


@routes.route("/<uuid:alert_id>/snooze", methods=["POST"])
@routes.arguments(SnoozeAlertSchema)
@routes.response(200, OneAlertSchema, headers=ETAG)
@names_its_version
def snooze(body: dict[str, Any], alert_id: UUID) -> Answer:
    """Put it off for a bounded time; it comes back sooner where it grows graver or stands on new evidence."""
    return changed(snooze_alert, alert, given=body, alert_id=alert_id)


@routes.route("/<uuid:alert_id>/undo", methods=["POST"])
@routes.arguments(NothingSchema, required=False)
@routes.response(200, OneAlertSchema, headers=ETAG)
@names_its_version
def undo(_body: dict[str, Any], alert_id: UUID) -> Answer:
    """Take back the last acknowledging, putting off or closing: your own of the last day, or anybody's."""
    return changed(undo_alert, alert, given={}, alert_id=alert_id)
