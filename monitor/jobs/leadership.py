"""Whether this process may do what only one scheduler does at a time: asked of the database, remembered for moments."""

from __future__ import annotations

import logging
import threading

from monitor.actions.lead import lead
from monitor.actions.stop_leading import stop_leading
from monitor.jobs.station import Station

_log = logging.getLogger(__name__)


class Leadership:
    """The lead as one process sees it; several threads may ask.

    It is trusted no longer than the lease can still run, by a clock that goes on while the process is frozen: whoever
    wakes up late finds that it no longer leads before it asks anybody.
    """

    def __init__(self, station: Station) -> None:
        self._station = station
        self._lock = threading.RLock()
        self._fence: int | None = None
        self._asked_at = 0.0  # before the answer came: the lease runs at least so long from there
        self._taken_at = 0.0
        self._abstains_until = 0.0

    def seek(self) -> bool:
        """Take or renew the lead; True if this process leads. Whatever fails in the database is raised."""
        with self._lock:
            return self._seek()

    def is_held(self) -> bool:
        """True while the lease that was last confirmed cannot have run out; asks nobody.

        While another thread asks, its answer is waited for: half a question looks like no lead at all.
        """
        with self._lock:
            return self._fence is not None and self._unconfirmed() < self._station.settings.leader_lease.total_seconds()

    def age(self) -> float:
        """Seconds since this process took the lead."""
        return self._station.boot_of() - self._taken_at

    def still_leads(self) -> bool:
        """For long work between two steps: renews in time, so that such work never loses the lead by being long."""
        with self._lock:
            if not self.is_held():
                return False
            return self._unconfirmed() < self._station.settings.leader_renew_every.total_seconds() or self._seek()

    def step_down(self, *, why: str, abstain: bool = False) -> None:
        """Let another one lead at once; with `abstain` leave it time to do so."""
        with self._lock:
            held, self._fence = self._fence, None
            if abstain:
                self._abstains_until = self._station.boot_of() + 2 * self._station.settings.leader_lease.total_seconds()
            if held is not None:
                station = self._station
                stop_leading(station.sessions, holder=station.instance, at=station.at_of(), why=why)
                _log.info("%s leads no longer (fence %d): %s", station.instance, held, why)

    def _seek(self) -> bool:
        station = self._station
        asked_at = station.boot_of()
        if asked_at < self._abstains_until or (station.stopping.is_set() and self._fence is None):
            return False
        before, self._fence = self._fence, None  # whatever the question ends with, the old answer is worth nothing
        held = lead(station.sessions, holder=station.instance, at=station.at_of(), settings=station.settings)
        if held is None:
            if before is not None:
                _log.warning("%s leads no longer (fence %d): another one does", station.instance, before)
            return False
        self._fence, self._asked_at = held.fence, asked_at
        if held.is_new or before is None:
            self._taken_at = asked_at
            _log.info("%s leads with fence %d", station.instance, held.fence)
        return True

    def _unconfirmed(self) -> float:
        return self._station.boot_of() - self._asked_at
