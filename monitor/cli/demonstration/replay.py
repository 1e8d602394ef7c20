"""Lets the past of the demonstration happen: every entry at its moment, with the sweeps and deliveries in between."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from monitor.actions.add_site import add_site
from monitor.actions.sweep import sweep
from monitor.actions.users import add_user
from monitor.cli.demonstration.diary import Diary, Entry, Known
from monitor.cli.demonstration.people import COUNTRY, STAFF, TELEPHONES, TIMEZONE, Place
from monitor.cli.installed import Installed
from monitor.delivery.console import ConsoleTransport
from monitor.delivery.deliver import deliver_once
from monitor.terms import Actor, Role
from monitor.work import SYSTEM, Work, working

_DAY = dt.timedelta(days=1)
_A_LIFETIME = dt.timedelta(days=36_500)
_MORNING, _LATER, _EVENING = dt.time(8), dt.time(8, 5), dt.time(18)


@dataclass(slots=True)
class Replay:
    """One run through the past; `staff` and `sites` are made first, on the day before the first entry."""

    place: Installed
    staff: dict[Role, Actor] = field(default_factory=dict)
    sites: dict[Place, UUID] = field(default_factory=dict)

    def run(self, diaries: Sequence[Diary], *, until: dt.date, progress: Callable[[int, int], None]) -> None:
        """Everything before the day `until`; that day itself is left to the clock that runs afterwards."""
        days = {on: list(group) for on, group in groupby(_in_order(diaries), key=lambda one: _local_day(one[0]))}
        first = min(days)
        self._furnish(_moment(first - _DAY, _MORNING))
        known = {id(diary): Known(self.sites[diary.patient.place]) for diary in diaries}
        span = (until - first).days
        for behind in range(span):
            on = first + behind * _DAY
            self._pass_the_night(on)
            for entry, diary in days.get(on, ()):
                with self._work(self.staff[entry.by], entry.at) as work:
                    entry.do(work, known[id(diary)])
            if on in days:
                self._deliver(_moment(on, _EVENING))
            progress(behind + 1, span)

    def _furnish(self, at: dt.datetime) -> None:
        with self._work(SYSTEM, at) as work:
            for place in Place:
                self.sites[place] = add_site(
                    work, name=place, country=COUNTRY, timezone=TIMEZONE, telephone=TELEPHONES[place]
                )
            for role, name in STAFF.items():
                staff_id = add_user(work, name=name, role=role, site_ids=self.sites.values())
                self.staff[role] = Actor(id=staff_id, role=role, site_ids=frozenset(self.sites.values()))

    def _pass_the_night(self, on: dt.date) -> None:
        """What the clock would have done in the morning."""
        installed = self.place
        swept = sweep(
            installed.sessions, catalog=installed.catalog, settings=installed.settings, at=_moment(on, _MORNING)
        )
        if swept.failed:
            raise RuntimeError(f"{swept.failed} treatments of the demonstration could not be followed up on {on}")
        if swept.done:
            self._deliver(_moment(on, _LATER))

    def _deliver(self, at: dt.datetime) -> None:
        installed = self.place
        deliver_once(
            installed.sessions,
            catalog=installed.catalog,
            settings=dataclasses.replace(installed.settings, clock_skew=_A_LIFETIME),  # it is not then, we know it
            transport=ConsoleTransport(),
            at_of=lambda: at,
        )

    def _work(self, by: Actor, at: dt.datetime) -> AbstractContextManager[Work]:
        installed = self.place
        return working(installed.sessions, catalog=installed.catalog, by=by, at=at, settings=installed.settings)


def _in_order(diaries: Sequence[Diary]) -> Iterator[tuple[Entry, Diary]]:
    """The entries of all diaries as they followed each other."""
    entries = [(entry, diary) for diary in diaries for entry in diary.entries]
    return iter(sorted(entries, key=lambda pair: pair[0].at))


def _local_day(entry: Entry) -> dt.date:
    return entry.at.astimezone(ZoneInfo(TIMEZONE)).date()


def _moment(on: dt.date, at: dt.time) -> dt.datetime:
    return dt.datetime.combine(on, at, tzinfo=ZoneInfo(TIMEZONE)).astimezone(dt.UTC)
