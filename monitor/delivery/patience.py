"""How long an alert of one site may wait for a person, by the settings of this installation."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from monitor.notices.alert_life import Deadlines, Patience
from monitor.store.site import known_zone
from monitor.work import Work


def patience_of(work: Work, *, timezone: str, country: str) -> Patience:
    """Of a site in that zone and country; where its zone is unknown, by the days of Greenwich."""
    settings = work.settings
    return Patience(
        zone=ZoneInfo(known_zone(timezone)),
        working_days=work.catalog.working_days(country),
        deadlines=Deadlines(
            critical=settings.acknowledge_critical_within,
            urgent=settings.acknowledge_urgent_at_least,
            soon=settings.acknowledge_soon_working_days,
        ),
    )
