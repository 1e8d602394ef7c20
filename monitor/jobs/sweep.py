"""The tick that follows up every treatment whose day has come, however many ticks were missed before it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from monitor.actions.sweep import sweep
from monitor.jobs.station import Station

_log = logging.getLogger(__name__)


class _EndedEarly(Exception):
    """The rest waits for the next sweep, here or elsewhere; nothing is lost by that."""


def sweep_now(
    station: Station, *, goes_on: Callable[[], bool] = lambda: True, got_on: Callable[[], None] = lambda: None
) -> None:
    """Sweep as of now; before every few treatments looks whether the process is to stop, and asks `goes_on`.

    `got_on` is told when some are behind it: to have begun is no progress.
    """

    def look_up(behind: int, _of: int) -> None:
        if behind:
            got_on()
        if station.stopping.is_set() or not goes_on():
            raise _EndedEarly

    try:
        swept = sweep(
            station.sessions,
            catalog=station.catalog,
            settings=station.settings,
            at=station.at_of(),
            progress=look_up,
        )
    except _EndedEarly:
        _log.info("sweep ended early: the process stops, or leads no longer")
        return
    if swept.failed:
        _log.error("sweep: %d done, %d failed, %d skipped", swept.done, swept.failed, swept.skipped)
    elif swept.done:
        _log.info("sweep: %d done, %d skipped", swept.done, swept.skipped)
