"""The tick that lets alerts which nobody acknowledged in time go on to the next who must know."""

from __future__ import annotations

import logging
from collections.abc import Callable

from monitor.actions.escalate import escalate
from monitor.jobs.station import Station

_log = logging.getLogger(__name__)


def escalate_now(station: Station, *, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Escalate as of now, until the process is asked to stop or `goes_on` says no; what is left waits for the next."""
    escalated = escalate(
        station.sessions,
        catalog=station.catalog,
        settings=station.settings,
        at=station.at_of(),
        goes_on=lambda: not station.stopping.is_set() and goes_on(),
    )
    if escalated.failed:
        _log.error("escalation: %d done, %d failed", escalated.done, escalated.failed)
    elif escalated.done:
        _log.info("escalation: %d done", escalated.done)
