"""The tick that follows up every treatment whose day has come, however many ticks were missed before it."""

from __future__ import annotations

import logging

from monitor.actions.sweep import sweep
from monitor.jobs.station import Station

_log = logging.getLogger(__name__)


class _Stopping(Exception):
    """The process is asked to end: the rest waits for the next start, nothing is lost by that."""


def sweep_now(station: Station) -> None:
    """Sweep as of now, between two treatments looking whether the process is asked to stop."""

    def look_up(_behind: int, _of: int) -> None:
        if station.stopping.is_set():
            raise _Stopping

    try:
        swept = sweep(
            station.sessions,
            catalog=station.catalog,
            settings=station.settings,
            at=station.at_of(),
            progress=look_up,
        )
    except _Stopping:
        _log.info("sweep ended early: the process is stopping")
        return
    if swept.failed:
        _log.error("sweep: %d done, %d failed, %d skipped", swept.done, swept.failed, swept.skipped)
    elif swept.done:
        _log.info("sweep: %d done, %d skipped", swept.done, swept.skipped)
