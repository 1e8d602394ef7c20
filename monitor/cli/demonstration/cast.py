"""Who leads which life in the demonstration: sixty patients, several in each state, at different hospitals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from random import Random

from monitor.cli.cohort import alemtuzumab_lives as alemtuzumab
from monitor.cli.cohort import tofersen_lives as tofersen
from monitor.cli.cohort.days import ago
from monitor.cli.cohort.mix import Life
from monitor.cli.cohort.people import some_person
from monitor.cli.cohort.story import Person, Story
from monitor.cli.cohort.telling import Telling, begin
from monitor.cli.demonstration import people
from monitor.cli.demonstration.people import CENTRES, NORTH, OVERSEAS, SOUTH
from monitor.cli.demonstration.valued_lives import whose_thyroid_drifts, with_many_platelets
from monitor.schedules.working_days import WorkingDays
from monitor.spans import add_months


def reminded_today(life: Telling) -> None:
    """The samples of the third month are due, and a reminder of them arrives today, whatever day today is."""
    asked_for = month_three_is_asked_for(life.today)
    alemtuzumab.followed(life, alemtuzumab.Stretch(month=3, days_past=(life.today - asked_for).days, missing=1))


def month_three_is_asked_for(today: dt.date) -> dt.date:
    """The due date of a third month of which the patient is reminded today: today, or three days ago.

    Three months before the 29th to the 31st there may be no such day; three days earlier there always is.
    """
    is_there = add_months(add_months(today, -3), 3) == today
    return today if is_there else ago(today, 3)


_NAMED: tuple[tuple[Person, Life, int], ...] = (
    (people.ADA, reminded_today, NORTH),
    (people.BASILE, tofersen.before_the_first_dose, NORTH),
    (people.CLEO, alemtuzumab.during_the_first_course, NORTH),
    (people.DUNCAN, tofersen.loading_and_late, NORTH),
    (people.ELOI, tofersen.on_time, NORTH),
    (people.FLORA, alemtuzumab.before_the_first_course, NORTH),
    (people.GASPARD, tofersen.overdue, SOUTH),
    (people.HELMINE, tofersen.stopped, SOUTH),
    (people.IRIS, alemtuzumab.overdue_after_a_stop, SOUTH),
    (people.JONAS, tofersen.suspended, OVERSEAS),
    (people.KATELL, alemtuzumab.two_months_missed, OVERSEAS),
    (people.LUCIEN, tofersen.died, OVERSEAS),
    (people.MABEL, reminded_today, OVERSEAS),
    (people.MARIN, with_many_platelets, NORTH),
    (people.NAIS, with_many_platelets, SOUTH),
    (people.ODILE, whose_thyroid_drifts, NORTH),
    (people.PERRINE, with_many_platelets, OVERSEAS),
    (people.QUENTIN, tofersen.on_time, NORTH),
    (people.ROMANE, alemtuzumab.on_time, SOUTH),
    (people.SYLVAIN, tofersen.on_time, SOUTH),
    (people.THIBAUD, tofersen.loading_and_late, SOUTH),
)
_OTHERS: Mapping[Life, int] = {
    tofersen.before_the_first_dose: 1,
    tofersen.loading: 2,
    tofersen.on_time: 2,
    tofersen.late: 3,
    tofersen.overdue: 3,
    tofersen.after_a_long_interruption: 3,
    tofersen.suspended: 2,
    tofersen.stopped: 2,
    tofersen.died: 1,
    alemtuzumab.before_the_first_course: 1,
    alemtuzumab.during_the_first_course: 1,
    alemtuzumab.on_time: 1,
    alemtuzumab.late: 3,
    alemtuzumab.overdue: 2,
    alemtuzumab.two_months_missed: 2,
    alemtuzumab.course_two_approaching: 3,
    alemtuzumab.month_forty_seven: 2,
    alemtuzumab.after_a_stop: 2,
    alemtuzumab.overdue_after_a_stop: 1,
    alemtuzumab.surveillance_over: 1,
    alemtuzumab.died: 1,
}


def tell_everybody(today: dt.date, working_days: Callable[[str], WorkingDays]) -> tuple[Story, ...]:
    """What happened to the sixty until yesterday; `working_days`: those of a country."""
    cast = [*_NAMED, *_others(today)]
    stories = []
    for number, (person, life, centre) in enumerate(cast):
        telling = begin(
            person, centre=centre, today=today, working_days=working_days(CENTRES[centre].country), dice=_dice(number)
        )
        life(telling)
        telling.story.confirms_number()
        stories.append(telling.story)
    return tuple(stories)


def _others(today: dt.date) -> list[tuple[Person, Life, int]]:
    """Those that have no name here: each life is met at one hospital after the other."""
    lives = [life for life, count in _OTHERS.items() for _ in range(count)]
    cast = []
    for number, life in enumerate(lives, start=len(_NAMED)):
        is_tofersen = life.__module__ == tofersen.__name__
        person = some_person(_dice(number), number=number, today=today, is_tofersen=is_tofersen)
        cast.append((person, life, number % len(CENTRES)))
    return cast


def _dice(number: int) -> Random:
    return Random(f"demonstration/{number}")  # noqa: S311 - invented lives, no secrets
