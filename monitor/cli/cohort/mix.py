"""Which lives a cohort is made of, and how often each: change the weights here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random

from monitor.cli.cohort import alemtuzumab_lives as alemtuzumab
from monitor.cli.cohort import tofersen_lives as tofersen
from monitor.cli.cohort.people import some_person
from monitor.cli.cohort.story import Story
from monitor.cli.cohort.telling import Telling, begin
from monitor.schedules.working_days import WorkingDays

Life = Callable[[Telling], None]

WEIGHTS: Mapping[Life, int] = {
    tofersen.before_the_first_dose: 10,
    tofersen.loading: 20,
    tofersen.loading_and_late: 5,
    tofersen.on_time: 220,
    tofersen.late: 20,
    tofersen.overdue: 15,
    tofersen.after_a_long_interruption: 10,
    tofersen.suspended: 15,
    tofersen.stopped: 25,
    tofersen.died: 20,
    alemtuzumab.before_the_first_course: 15,
    alemtuzumab.during_the_first_course: 5,
    alemtuzumab.on_time: 290,
    alemtuzumab.late: 40,
    alemtuzumab.overdue: 30,
    alemtuzumab.two_months_missed: 15,
    alemtuzumab.course_two_approaching: 35,
    alemtuzumab.month_forty_seven: 20,
    alemtuzumab.after_a_stop: 120,
    alemtuzumab.overdue_after_a_stop: 20,
    alemtuzumab.surveillance_over: 40,
    alemtuzumab.died: 10,
}


def tell_cohort(
    numbers: Iterable[int], *, seed: int, centre: int, today: dt.date, working_days: WorkingDays
) -> Iterator[tuple[int, Story]]:
    """The stories of these patients of one centre, each with its number: the same for the same seed and day.

    Every life of the mix is met once before the weights decide.
    """
    for number in numbers:
        dice = Random(f"{seed}/{number}")  # noqa: S311 - invented lives, no secrets
        life = some_life(number, dice)
        person = some_person(dice, number=number, today=today, is_tofersen=life.__module__ == tofersen.__name__)
        telling = begin(person, centre=centre, today=today, working_days=working_days, dice=dice)
        life(telling)
        telling.story.confirms_number()
        yield number, telling.story


def some_life(number: int, dice: Random) -> Life:
    """The life of the patient of that number."""
    lives = tuple(WEIGHTS)
    if number < len(lives):
        return lives[number]
    return dice.choices(lives, weights=tuple(WEIGHTS.values()))[0]
