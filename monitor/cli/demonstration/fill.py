"""Makes the demonstration: the tables, years of everybody's past in bulk, and the last week as it would have been."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from monitor.cli.cohort.ids import Ids
from monitor.cli.cohort.story import Story
from monitor.cli.cohort.write import Scribe
from monitor.cli.demonstration.cast import tell_everybody
from monitor.cli.demonstration.database import BEGUN, MADE, empty, mark
from monitor.cli.demonstration.people import CENTRES
from monitor.cli.demonstration.replay import Replay
from monitor.cli.demonstration.rota import put_on_duty
from monitor.cli.installed import Installed, opened
from monitor.cli.progress import progress_bar
from monitor.clock import now
from monitor.settings import Settings
from monitor.store.schema import upgrade
from monitor.work import SYSTEM, working

_REPLAYED = dt.timedelta(days=8)
_SEED = 0


def fill_with_invented_people(settings: Settings, *, at: dt.datetime, is_emptied: bool) -> int:
    """Fill the database as of a moment (aware); how many patients.

    `is_emptied`: a demonstration is there, and goes first.
    """
    today = at.astimezone(ZoneInfo(settings.timezone)).date()
    if is_emptied:
        empty(settings)
    upgrade(settings.database_url)
    with opened(settings) as place:
        _mark(place, BEGUN, today)
        stories = tell_everybody(today, place.catalog.working_days)
        _make(place, stories, today=today, at=at)
        _mark(place, MADE, today)
    return len(stories)


def _make(place: Installed, stories: Sequence[Story], *, today: dt.date, at: dt.datetime) -> None:
    """Until a week ago in bulk, then day by day through the actions, with the sweeps and texts of those days."""
    scribe = Scribe(place, Ids(_SEED), CENTRES, today - _REPLAYED)
    scribe.furnish(seed=_SEED)
    put_on_duty(scribe, today=today, at=dt.datetime.combine(scribe.on, dt.time(0), tzinfo=dt.UTC))
    for centre in range(len(CENTRES)):
        here = [(number, story) for number, story in enumerate(stories) if story.centre == centre]
        for _ in scribe.write((number, story) for number, story in here if story.between(dt.date.min, scribe.on)):
            pass
    with progress_bar("Making the demonstration") as show:
        replay = Replay(scribe)
        replay.run(stories, until=today, progress=show)
    replay.arrive(stories, at=at)


def _mark(place: Installed, action: str, today: dt.date) -> None:
    with working(place.sessions, catalog=place.catalog, by=SYSTEM, at=now(), settings=place.settings) as work:
        mark(work, action, today=today)
