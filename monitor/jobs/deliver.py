"""The tick that sends what waits in the outbox, and looks for what may have left."""

from __future__ import annotations

import logging
from collections.abc import Callable

from monitor.delivery.deliver import deliver_once
from monitor.jobs.station import Station

_log = logging.getLogger(__name__)
_MESSAGES_A_PASS = 500  # then what is uncertain gets its turn


def deliver_now(
    station: Station, *, goes_on: Callable[[], bool] = lambda: True, got_on: Callable[[], None] = lambda: None
) -> None:
    """Send until nothing more is due, the line stops, the process is asked to stop, or `goes_on` says no.

    `got_on` is told whenever outcomes were written, and at the end of each pass.
    """

    def may_go_on() -> bool:
        return not station.stopping.is_set() and goes_on()

    while may_go_on():
        delivered = deliver_once(
            station.sessions,
            catalog=station.catalog,
            settings=station.settings,
            transport=station.transport,
            at_of=station.at_of,
            boot_of=station.boot_of,
            at_most=_MESSAGES_A_PASS,
            hands=station.settings.calls_at_once,
            goes_on=may_go_on,
            got_on=got_on,
        )
        got_on()
        if delivered.counts:
            _log.info("delivery: %s", ", ".join(f"{count} {state}" for state, count in delivered.counts.items()))
        if delivered.stopped is not None or sum(delivered.counts.values()) < _MESSAGES_A_PASS:
            return
