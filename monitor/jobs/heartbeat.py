"""The tick that leaves a sign of life for each kind of work, but only while that work really gets done (G5)."""

from __future__ import annotations

from collections.abc import Callable

from monitor.actions.beat import beat
from monitor.jobs.station import Station

BEATS_FOR = {"sweep": "scheduler", "deliver": "worker"}
"""By tick, the name under which readiness looks for its sign of life."""


def beat_now(station: Station, *, gets_done: Callable[[str], bool]) -> None:
    """Beat for each tick that has done its work lately; one that fails or hangs falls silent."""
    for tick, process in BEATS_FOR.items():
        if gets_done(tick):
            beat(station.sessions, name=process, at=station.at_of(), skew=station.settings.clock_skew)
