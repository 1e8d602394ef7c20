"""Lets the last days of the demonstration happen: every entry at its moment, with the sweeps and texts in between."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from monitor.actions.escalate import escalate
from monitor.actions.sweep import sweep
from monitor.cli.cohort.ids import Kind
from monitor.cli.cohort.play import Known, play
from monitor.cli.cohort.story import Entry, Story
from monitor.cli.cohort.write import Scribe
from monitor.cli.demonstration.epilogue import JUST_NOW, LAST_DAY, Patient
from monitor.clock import boot
from monitor.delivery.console import ConsoleTransport
from monitor.delivery.deliver import deliver_once
from monitor.schedules.facts import Administration
from monitor.terms import Actor, Role
from monitor.work import Work, working

_DAY = dt.timedelta(days=1)
_A_LIFETIME = dt.timedelta(days=36_500)
_MORNING, _AFTER_THE_ROUND = dt.time(4), dt.time(10)  # on the continent; overseas it is some hours later


@dataclass(frozen=True, slots=True)
class Replay:
    """One run through the days that `scribe` has not written."""

    scribe: Scribe

    def run(self, stories: Sequence[Story], *, until: dt.date, progress: Callable[[int, int], None]) -> None:
        """Every day up to `until`; that day itself is left to the clock that runs afterwards."""
        known = [self._known(number, story) for number, story in enumerate(stories)]
        first = self.scribe.on
        span = (until - first).days
        for behind in range(span):
            on = first + behind * _DAY
            self._pass_the_night(on)
            for entry, story, ids in self._of_the_day(stories, known, on):
                self._perform(entry, story, ids)
            self._deliver(self._moment(on, _AFTER_THE_ROUND))
            if behind == span - 1:
                self._end(stories, known, on)
            progress(behind + 1, span)

    def arrive(self, stories: Sequence[Story], *, at: dt.datetime) -> None:
        """What comes at that moment (aware), after all the days that were run through."""
        known = [self._known(number, story) for number, story in enumerate(stories)]
        of = {story.person: (story, ids) for story, ids in zip(stories, known, strict=True)}
        for person, happens in JUST_NOW:
            story, ids = of[person]
            local = at.astimezone(self._zone(story))
            happens(Patient(known=ids, on=local.date(), act=partial(self._act, story, local.date())), local.time())

    def _end(self, stories: Sequence[Story], known: Sequence[Known], on: dt.date) -> None:
        """What the named patients bring on the last day, and what people do about it."""
        of = {story.person: (story, ids) for story, ids in zip(stories, known, strict=True)}
        for person, happens in LAST_DAY:
            story, ids = of[person]
            happens(Patient(known=ids, on=on, act=partial(self._act, story, on)))

    def _act(self, story: Story, on: dt.date, role: Role, time: dt.time, do: Callable[[Work], Any]) -> Any:
        place = self.scribe.place
        at = dt.datetime.combine(on, time, tzinfo=self._zone(story)).astimezone(dt.UTC)
        by = self._actor(role, story.centre)
        with working(place.sessions, catalog=place.catalog, by=by, at=at, settings=place.settings) as work:
            return do(work)

    def _known(self, number: int, story: Story) -> Known:
        ids = self.scribe.ids
        written = story.between(dt.date.min, self.scribe.on)
        doses = sum(isinstance(entry.fact, Administration) for entry in written)
        return Known(
            site_id=self.scribe.site_id(story.centre),
            patient_id=ids.of(Kind.PATIENT, number),
            treatment_id=ids.of(Kind.TREATMENT, number),
            doses=[ids.of(Kind.ADMINISTRATION, number, place) for place in range(doses)],
        )

    def _of_the_day(
        self, stories: Sequence[Story], known: Sequence[Known], on: dt.date
    ) -> list[tuple[Entry, Story, Known]]:
        found = [
            (entry, story, ids)
            for story, ids in zip(stories, known, strict=True)
            for entry in story.between(on, on + _DAY)
        ]
        return sorted(found, key=lambda one: one[0].at(self._zone(one[1])))

    def _perform(self, entry: Entry, story: Story, known: Known) -> None:
        place = self.scribe.place
        by = self._actor(entry.by, story.centre)
        at = entry.at(self._zone(story))
        with working(place.sessions, catalog=place.catalog, by=by, at=at, settings=place.settings) as work:
            play(work, entry, person=story.person, known=known)

    def _actor(self, role: Role, centre: int) -> Actor:
        site_ids = frozenset({self.scribe.site_id(centre)})
        return Actor(id=self.scribe.staff_id(role, centre), role=role, site_ids=site_ids)

    def _pass_the_night(self, on: dt.date) -> None:
        """What the clock would have done in the morning; what nobody had seen in time goes on, once a night."""
        place = self.scribe.place
        at = self._moment(on, _MORNING)
        swept = sweep(place.sessions, catalog=place.catalog, settings=place.settings, at=at)
        if swept.failed:
            raise RuntimeError(f"{swept.failed} treatments of the demonstration could not be followed up on {on}")
        escalated = escalate(place.sessions, catalog=place.catalog, settings=place.settings, at=at)
        if escalated.failed:
            raise RuntimeError(f"{escalated.failed} alerts of the demonstration could not go on on {on}")

    def _deliver(self, at: dt.datetime) -> None:
        place = self.scribe.place
        deliver_once(
            place.sessions,
            catalog=place.catalog,
            settings=dataclasses.replace(place.settings, clock_skew=_A_LIFETIME),  # it is not then, we know it
            transport=ConsoleTransport(),
            at_of=lambda: at,
            boot_of=boot,
        )

    def _zone(self, story: Story) -> ZoneInfo:
        return ZoneInfo(self.scribe.centres[story.centre].timezone)

    def _moment(self, on: dt.date, at: dt.time) -> dt.datetime:
        return dt.datetime.combine(on, at, tzinfo=ZoneInfo(self.scribe.place.settings.timezone)).astimezone(dt.UTC)
