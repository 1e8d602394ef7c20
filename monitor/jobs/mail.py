"""The tick that tells colleagues by mail that something waits for them."""

from __future__ import annotations

import logging

from monitor.delivery.mail.dispatch import send_mail_once
from monitor.jobs.station import Station

_log = logging.getLogger(__name__)


def mail_now(station: Station) -> None:
    """Send until nobody waits to be told, or the process is asked to stop; nothing where there is no mail server."""
    if station.mailer is None:
        return
    counts = send_mail_once(
        station.sessions,
        catalog=station.catalog,
        settings=station.settings,
        mailer=station.mailer,
        at_of=station.at_of,
        goes_on=lambda: not station.stopping.is_set(),
    )
    if counts:
        _log.info("mail: %s", ", ".join(f"{count} {state}" for state, count in counts.items()))
