"""What every life is told with: a story to write into, the day it ends before, working days, chance, and a body."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from monitor.cli.cohort.days import ago, last_working_day
from monitor.cli.cohort.sheets import Body, some_body
from monitor.cli.cohort.story import Person, Story
from monitor.schedules.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Telling:
    """One life while it is told: every fact lies before `today`. The same `dice` tell the same life."""

    story: Story
    today: dt.date
    working_days: WorkingDays
    dice: Random
    body: Body

    def before(self, day: dt.date, days: int) -> dt.date:
        """The last working day so many days before."""
        return last_working_day(ago(day, days), self.working_days)

    def is_past(self, day: dt.date) -> bool:
        return day < self.today


def begin(person: Person, *, centre: int, today: dt.date, working_days: WorkingDays, dice: Random) -> Telling:
    """A life of which nothing is told yet."""
    return Telling(Story(person, centre), today, working_days, dice, some_body(dice))
