"""Sees that the wall clock jumped under a running process: nothing is sent until a person has looked (H24)."""

from __future__ import annotations

import logging
import threading

from monitor.clock import BothClocks
from monitor.delivery.line import doubt_the_clock
from monitor.jobs.station import Station
from monitor.work import SYSTEM, working

_log = logging.getLogger(__name__)


class JumpGuard:
    """Compares the wall clock with one that nobody can set, since this process last knew that they go together."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._lock = threading.Lock()
        self._since: BothClocks | None = None

    def is_jumped(self) -> bool:
        """True if the clocks moved apart by more than is allowed, and nobody was told so far."""
        present = self._read()
        since = self._since
        return since is not None and abs(since.apart(present)) > self._station.settings.clock_skew

    def look(self) -> None:
        """Stop the sending where they did, and count anew from here: from then on it is for a person to say."""
        with self._lock:
            present = self._read()
            if self._since is None:
                self._since = present
            if not self.is_jumped():
                return
            gained = self._since.apart(present).total_seconds()
            reason = f"the clock of a running process was set by {gained:+.0f} s"
            station = self._station
            with working(
                station.sessions, catalog=station.catalog, by=SYSTEM, at=present.wall, settings=station.settings
            ) as work:
                doubt_the_clock(work, reason=reason)
            self._since = present
            _log.error("%s: nothing is sent until a person says that it is right", reason)

    def _read(self) -> BothClocks:
        return BothClocks(self._station.at_of(), self._station.boot_of())
