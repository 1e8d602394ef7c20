"""The tick that leaves a sign of life for each kind of work, but only while that work really gets done (G5)."""

from __future__ import annotations

from collections.abc import Collection

from monitor.actions.beat import beat
from monitor.jobs.station import Station

SCHEDULER, STANDBY, WORKER = "scheduler", "standby", "worker"
_KINDS = frozenset({SCHEDULER, STANDBY, WORKER})  # what said farewell; that somebody outside was told stays told
_OTHER = {SCHEDULER: STANDBY, STANDBY: SCHEDULER}


def beat_now(station: Station, kinds: Collection[str]) -> None:
    """Beat for what gets done now; what fails or hangs is left out, and falls silent."""
    beat(
        station.sessions,
        instance=station.instance,
        kinds=kinds,
        ended={_OTHER[kind] for kind in kinds if kind in _OTHER},
        at=station.at_of(),
        settings=station.settings,
    )


def say_farewell(station: Station) -> None:
    """Nobody is to wait for this process any more; when it was last alive stays known."""
    beat(
        station.sessions,
        instance=station.instance,
        kinds=(),
        ended=_KINDS,
        at=station.at_of(),
        settings=station.settings,
    )
