"""The few fixed ticks of the alarm clock; add night work here, one line for a tick, and never a patient or a date."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from apscheduler.schedulers.background import BackgroundScheduler

from monitor.clock import now, ticks
from monitor.jobs.deliver import deliver_now
from monitor.jobs.heartbeat import beat_now
from monitor.jobs.station import Station
from monitor.jobs.sweep import sweep_now
from monitor.jobs.threads import TickThreads

_log = logging.getLogger(__name__)
_GRACE = dt.timedelta(hours=1)  # a tick that comes so late is still worth doing: it asks what is due
_FAREWELL = dt.timedelta(seconds=30)  # then the process ends; what it was sending counts as uncertain
_PATIENCE = dt.timedelta(minutes=1)  # no tick is called silent sooner, however short its interval


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to do every so often; what there is to do, it asks the database."""

    name: str
    every: dt.timedelta
    do: Callable[[], None]


class AlarmClock:
    """APScheduler in memory, with our ticks in it and nothing else; at the start each of them runs at once."""

    def __init__(self, station: Station, *, farewell: dt.timedelta = _FAREWELL) -> None:
        self._station = station
        self._farewell = farewell
        self._threads = TickThreads()
        self._scheduler = BackgroundScheduler(
            executors={"default": self._threads},
            timezone=dt.UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": int(_GRACE.total_seconds())},
        )
        settings = station.settings
        self.ticks = (
            Tick("sweep", settings.sweep_every, lambda: sweep_now(station)),
            Tick("deliver", settings.deliver_every, lambda: deliver_now(station)),
            Tick("heartbeat", settings.beat_every, lambda: beat_now(station, gets_done=self.gets_done)),
        )
        self._last_done: dict[str, float] = {}

    def start(self) -> None:
        """Begin; what was due while nobody looked is caught up first (G6)."""
        for tick in self.ticks:
            self._last_done[tick.name] = ticks()
            self._scheduler.add_job(
                self._take,
                "interval",
                (tick,),
                seconds=tick.every.total_seconds(),
                id=tick.name,
                next_run_time=now(),
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Start nothing more, and let what runs come to a good end, but wait no longer than `farewell`."""
        self._station.stopping.set()
        self._scheduler.shutdown(wait=False)
        if not self._threads.wait(self._farewell):
            _log.warning("ended while a tick was still at work; the next start takes up what it left")

    def gets_done(self, name: str) -> bool:
        """Whether the tick of this name has succeeded, or the clock has started, within the turns it may miss."""
        tick = next(one for one in self.ticks if one.name == name)
        allowed = max(tick.every * self._station.settings.beats_missed_at_most, _PATIENCE)
        return ticks() - self._last_done[name] <= allowed.total_seconds()

    def _take(self, tick: Tick) -> None:
        """One turn. A failure is this turn's alone; only its kind is logged, its text may quote a patient's data."""
        try:
            tick.do()
        except Exception as failure:  # noqa: BLE001 - whatever is wrong must not silence the clock
            _log.error("tick %s failed: %s", tick.name, type(failure).__name__)
        else:
            self._last_done[tick.name] = ticks()
