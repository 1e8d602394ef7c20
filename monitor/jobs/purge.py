"""The tick that forgets what was kept for a while only: the answers to requests that nobody will send again."""

from __future__ import annotations

import logging

from monitor.actions.purge import purge
from monitor.jobs.station import Station

_log = logging.getLogger(__name__)


def purge_now(station: Station) -> None:
    """Purge once; twice changes nothing."""
    if forgotten := purge(station.sessions):
        _log.info("purge: %d answers forgotten", forgotten)
