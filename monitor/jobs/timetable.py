"""The few fixed ticks of the alarm clock; add night work here, one line for a tick, and never a patient or a date."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Thread

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from monitor.clock import now, ticks
from monitor.jobs.deliver import deliver_now
from monitor.jobs.escalate import escalate_now
from monitor.jobs.heartbeat import SCHEDULER, STANDBY, WORKER, beat_now, say_farewell
from monitor.jobs.jump_guard import JumpGuard
from monitor.jobs.leadership import Leadership
from monitor.jobs.mail import mail_now
from monitor.jobs.outside import tell_outside
from monitor.jobs.purge import purge_now
from monitor.jobs.station import Station
from monitor.jobs.sweep import sweep_now
from monitor.jobs.threads import TickThreads
from monitor.jobs.wall_clock import until_set
from monitor.overviews.liveness import OUTSIDE

_log = logging.getLogger(__name__)
_GRACE = dt.timedelta(hours=1)  # a tick that comes so late is still worth doing: it asks what is due
_LAST_WORDS = dt.timedelta(seconds=3)  # for giving the lead back; a database that is gone must not hold up the end
_DUTIES_OF_A_LEADER = ("sweep", "escalate")  # where one of them does not get done, the scheduler falls silent
_PATIENCE = dt.timedelta(minutes=1)  # no tick is called silent sooner, however short its interval


class Duty(StrEnum):
    """What a process is there for; any number of processes may have the same duty."""

    SCHEDULER = "scheduler"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to do every so often, as long as it gets on; what there is to do, it asks the database."""

    name: str
    every: dt.timedelta
    do: Callable[[], None]
    duty: Duty | None = None  # none: of every process
    only_leads: bool = False


class AlarmClock:
    """APScheduler in memory, with our ticks in it and nothing else; each of them runs at once as soon as it may."""

    def __init__(self, station: Station, *, duties: frozenset[Duty] = frozenset(Duty)) -> None:
        self._station = station
        self._duties = duties
        self._leadership = Leadership(station)
        self._guard = JumpGuard(station)
        self._threads = TickThreads()
        self._scheduler = BackgroundScheduler(
            executors={"default": self._threads},
            timezone=dt.UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": int(_GRACE.total_seconds())},
        )
        settings = station.settings
        every_tick = (
            Tick("lease", settings.leader_renew_every, self._seek_the_lead, Duty.SCHEDULER),
            Tick("sweep", settings.sweep_every, self._sweep, Duty.SCHEDULER, only_leads=True),
            Tick("escalate", settings.escalate_every, self._escalate, Duty.SCHEDULER, only_leads=True),
            Tick("purge", settings.purge_every, lambda: purge_now(station), Duty.SCHEDULER, only_leads=True),
            Tick("outside", settings.beat_every, self._tell_outside, Duty.SCHEDULER, only_leads=True),
            Tick("deliver", settings.deliver_every, self._deliver, Duty.WORKER),
            Tick("mail", settings.mail_every, self._mail, Duty.WORKER),
            Tick("heartbeat", settings.beat_every, self._beat),
        )
        self.ticks = tuple(tick for tick in every_tick if tick.duty is None or tick.duty in duties)
        self._last_done: dict[str, float] = {}

    def start(self) -> None:
        """Begin; what was due while nobody looked is caught up first (G6)."""
        _log.info("this process is %s, as %s", self._station.instance, " and ".join(sorted(self._duties)))
        for tick in self.ticks:
            begins = {} if tick.only_leads else {"next_run_time": now()}  # those begin when the lead is taken
            self._scheduler.add_job(
                self._take, "interval", (tick,), seconds=tick.every.total_seconds(), id=tick.name, **begins
            )
        self._scheduler.start()
        Thread(target=self._keep_time, name="wall clock", daemon=True).start()

    def stop(self, *, patience: dt.timedelta | None = None) -> None:
        """Start nothing more, let what runs come to a good end within `patience`, then give the lead back."""
        self._station.stopping.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if not self._threads.wait(self._station.settings.farewell if patience is None else patience):
            _log.warning("ended while a tick was still at work; the next start takes up what it left")
        last_words = Thread(target=self._say_last_words, name="last words", daemon=True)
        last_words.start()
        last_words.join(_LAST_WORDS.total_seconds())

    def gets_done(self, name: str) -> bool:
        """Whether the tick of this name succeeded, or got on, within the turns that it may miss."""
        done = self._last_done.get(name)
        return done is not None and ticks() - done <= self._allowed(name)

    def _got_on(self, name: str) -> None:
        self._last_done[name] = ticks()

    def _allowed(self, name: str) -> float:
        tick = next(one for one in self.ticks if one.name == name)
        return max(tick.every * self._station.settings.beats_missed_at_most, _PATIENCE).total_seconds()

    def _take(self, tick: Tick) -> None:
        """One turn. A failure is this turn's alone; only its kind is logged, its text may quote a patient's data."""
        try:
            self._guard.look()
            if tick.only_leads and not self._leadership.seek():
                self._last_done.pop(tick.name, None)
                return
            is_first = tick.name not in self._last_done
            tick.do()
            self._got_on(tick.name)
            if is_first and tick.name != "heartbeat":
                self._beat()
        except Exception as failure:  # noqa: BLE001 - whatever is wrong must not silence the clock
            _log.error("tick %s failed: %s", tick.name, type(failure).__name__)

    def _sweep(self) -> None:
        sweep_now(self._station, goes_on=self._leadership.still_leads, got_on=lambda: self._got_on("sweep"))

    def _escalate(self) -> None:
        escalate_now(self._station, goes_on=self._leadership.still_leads)

    def _deliver(self) -> None:
        deliver_now(
            self._station,
            goes_on=lambda: not self._guard.is_jumped(),
            got_on=lambda: self._got_on("deliver"),
        )

    def _mail(self) -> None:
        mail_now(self._station)

    def _seek_the_lead(self) -> None:
        """A leader whose sweeps do not get done makes room, and is not seen as alive before one of them succeeds."""
        did_lead = self._leadership.is_held()
        if did_lead and not self.gets_done("sweep") and self._leadership.age() > self._allowed("sweep"):
            self._leadership.step_down(why="its sweeps do not get done", abstain=True)
        if not self._leadership.seek():
            for name in _DUTIES_OF_A_LEADER:
                self._last_done.pop(name, None)
        elif not did_lead:
            self._ring(tick.name for tick in self.ticks if tick.only_leads)

    def _beat(self) -> None:
        kinds = {WORKER} if Duty.WORKER in self._duties and self.gets_done("deliver") else set()
        if Duty.SCHEDULER in self._duties:
            if not self._leadership.is_held():
                kinds |= {STANDBY} if self.gets_done("lease") else set()
            elif all(self.gets_done(name) for name in _DUTIES_OF_A_LEADER):
                kinds.add(SCHEDULER)
        beat_now(self._station, kinds)

    def _tell_outside(self) -> None:
        tell_outside(self._station, beat=lambda: beat_now(self._station, {OUTSIDE}))

    def _keep_time(self) -> None:
        """The library keeps its turns by the wall clock: where that is set back, none would come for as long."""
        while until_set(self._station.stopping):
            _log.warning("the clock of this machine was set: every tick runs now")
            self._ring(tick.name for tick in self.ticks)

    def _ring(self, names: Iterable[str]) -> None:
        for name in names:
            with suppress(JobLookupError):  # the clock was stopped meanwhile
                self._scheduler.modify_job(name, next_run_time=now())

    def _say_last_words(self) -> None:
        try:
            self._leadership.step_down(why="the process stops")
            say_farewell(self._station)
        except Exception as failure:  # noqa: BLE001 - the lease runs out by itself, and silence will be seen
            _log.error("no farewell could be left: %s", type(failure).__name__)
