"""Makes the demonstration: the tables, then the past of every patient until yesterday, with a bar to watch."""

from __future__ import annotations

import datetime as dt

from monitor.cli.demonstration.alemtuzumab_stories import alemtuzumab_stories
from monitor.cli.demonstration.database import BEGUN, MADE, empty, mark
from monitor.cli.demonstration.diary import Diary
from monitor.cli.demonstration.people import COUNTRY
from monitor.cli.demonstration.replay import Replay
from monitor.cli.demonstration.tofersen_stories import tofersen_stories
from monitor.cli.installed import Installed, opened
from monitor.cli.progress import progress_bar
from monitor.clock import now
from monitor.schedules.working_days import WorkingDays
from monitor.settings import Settings
from monitor.store.schema import upgrade
from monitor.work import SYSTEM, working


def fill_with_invented_people(settings: Settings, *, today: dt.date, is_emptied: bool) -> None:
    """Fill the database as of `today`; `is_emptied`: what is there is a demonstration, and goes first."""
    if is_emptied:
        empty(settings)
    upgrade(settings.database_url)
    with opened(settings) as place:
        _mark(place, BEGUN, today)
        with progress_bar("Making the demonstration") as show:
            Replay(place).run(diaries(today, place.catalog.working_days(COUNTRY)), until=today, progress=show)
        _mark(place, MADE, today)


def diaries(today: dt.date, working_days: WorkingDays) -> tuple[Diary, ...]:
    """The twelve patients, as of any day of any year."""
    return (*tofersen_stories(today, working_days), *alemtuzumab_stories(today, working_days))


def _mark(place: Installed, action: str, today: dt.date) -> None:
    with working(place.sessions, catalog=place.catalog, by=SYSTEM, at=now(), settings=place.settings) as work:
        mark(work, action, today=today)
