"""Lives on alemtuzumab, from the weeks before the first course to the years after the last one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.cli.cohort import sheets
from monitor.cli.cohort.days import DAY, ago, course_until
from monitor.cli.cohort.papers import papers_of_alemtuzumab
from monitor.cli.cohort.telling import Telling
from monitor.schedules.facts import Sex
from monitor.spans import add_months
from monitor.terms import Role

_PROTOCOL = "alemtuzumab"
_FIRST_COURSE, _LATER_COURSE = 5, 3
_BEFORE_COURSE_TWO, _LAST_MONTH = 11, 48
_PLANNED_FROM = 9
_STOPS = ("two courses given; no further one is planned", "no second course, as the patient wishes")


@dataclass(frozen=True, slots=True)
class Stretch:
    """How far somebody is after the last infusion: in which month, how many days past the day its sample is due.

    `missing`: so many of the last samples, that of this month among them, were never taken.
    """

    month: int
    days_past: int
    courses: int = 1
    missing: int = 0


def before_the_first_course(life: Telling) -> None:
    first = life.working_days.monday_on_or_after(life.today + life.dice.randint(4, 9) * DAY)
    life.story.arrives(ago(life.today, 15))
    life.story.starts(ago(life.today, 13), protocol=_PROTOCOL, first_dose_on=first)
    papers_of_alemtuzumab(life, ago(life.today, 13))
    life.story.vaccinated(ago(first, 60), "influenza, inactivated", recorded_on=ago(life.today, 13))


def during_the_first_course(life: Telling) -> None:
    """The next infusion is for today; on a ward that knows no weekend."""
    _course(life, course_until(ago(life.today, 1), days=life.dice.randint(2, 4)), number=1)


def on_time(life: Telling) -> None:
    followed(life, _somewhere(life, days_past=(3, 20)))


def late(life: Telling) -> None:
    """A laboratory took the sample of this month, and its result has not come yet."""
    stretch = _somewhere(life, days_past=(2, 4), missing=1)
    followed(life, stretch)
    life.story.sample_taken(ago(life.today, 1), keys=_monthly_keys(stretch), laboratory="laboratory of the town")


def overdue(life: Telling) -> None:
    """The patient was called, and promised to go: that ends nothing."""
    stretch = _somewhere(life, days_past=(8, 18), missing=1)
    followed(life, stretch)
    life.story.called(ago(life.today, life.dice.randint(1, 3)), keys=_monthly_keys(stretch), outcome="reached")


def two_months_missed(life: Telling) -> None:
    """Nothing was heard of the patient for two months, and the third sample is late."""
    followed(life, _somewhere(life, days_past=(2, 12), missing=3, least=4))


def course_two_approaching(life: Telling) -> None:
    """A date for it was agreed, or is still to be agreed."""
    past = life.dice.randint(3, 24)
    followed(life, Stretch(_BEFORE_COURSE_TWO, past))
    if life.dice.random() < 0.7:
        due_on = add_months(ago(life.today, past), 1)
        first = life.working_days.monday_on_or_after(due_on + life.dice.randint(3, 20) * DAY)
        life.story.course_planned(ago(life.today, life.dice.randint(1, 40)), course=2, starts_on=first)


def month_forty_seven(life: Telling) -> None:
    """The last sample but one of four years."""
    _stopped_after(life, Stretch(_LAST_MONTH - 1, life.dice.randint(2, 20), courses=2))


def after_a_stop(life: Telling) -> None:
    """No further course; surveillance goes on."""
    _stopped_after(life, _somewhere(life, days_past=(3, 20), courses=life.dice.randint(1, 2)))


def overdue_after_a_stop(life: Telling) -> None:
    """No further course, and this month's samples two weeks overdue."""
    _stopped_after(life, _somewhere(life, days_past=(12, 18), courses=2, missing=1))


def surveillance_over(life: Telling) -> None:
    """The four years are over, and a neurologist closed them."""
    past = life.dice.randint(40, 300)
    _stopped_after(life, Stretch(_LAST_MONTH, past, courses=2))
    life.story.task(ago(life.today, past - 6), "surveillance_end/1", by=Role.NEUROLOGIST)


def died(life: Telling) -> None:
    followed(life, _somewhere(life, days_past=(3, 20)))
    on = life.dice.randint(5, 9)
    life.story.died(ago(life.today, on), recorded_on=ago(life.today, on - life.dice.randint(0, 2)))


def followed(life: Telling, stretch: Stretch, *, stopped_on: dt.date | None = None, why: str = "") -> None:
    """One course or two, and the samples of every month since but for those that are missing."""
    last = add_months(ago(life.today, stretch.days_past), -stretch.month)
    first_last = last if stretch.courses == 1 else ago(add_months(last, -12), life.dice.randint(8, 30))
    _course(life, course_until(first_last, days=_FIRST_COURSE), number=1)
    life.story.task(add_months(first_last, 1), "antiherpetic_stop/1")
    if stretch.courses == 2:
        _surveyed(life, first_last, range(1, 13), course=1)
        _course(life, course_until(last, days=_LATER_COURSE), number=2)
        life.story.task(add_months(last, 1), "antiherpetic_stop/2")
    if stopped_on is not None:
        life.story.stopped(stopped_on, why)
    _surveyed(life, last, range(1, stretch.month + 1 - stretch.missing), course=stretch.courses)


def _stopped_after(life: Telling, stretch: Stretch) -> None:
    on = ago(life.today, stretch.days_past + life.dice.randint(5, 25))
    if stretch.month > 10:
        on = add_months(on, -life.dice.randint(0, stretch.month - 10))
    followed(life, stretch, stopped_on=on, why=_STOPS[0 if stretch.courses == 2 else 1])


def _monthly_keys(stretch: Stretch) -> tuple[str, ...]:
    """The items that one monthly sample completes."""
    place = f"{stretch.courses}.{stretch.month}"
    return tuple(f"{stream}/{place}" for stream in ("cbc", "creatinine", "urinalysis", "liver"))


def _somewhere(
    life: Telling, *, days_past: tuple[int, int], courses: int | None = None, missing: int = 0, least: int = 2
) -> Stretch:
    """A month before the second course is due, or one of the four years after it; the nearer, the more likely."""
    some = courses or life.dice.choice((1, 1, 2))
    most = _PLANNED_FROM - 1 if some == 1 else _LAST_MONTH - 2
    month = least + int((most - least + 1) * life.dice.random() ** 1.5)
    return Stretch(month, life.dice.randint(*days_past), courses=some, missing=missing)


def _course(life: Telling, infusions: tuple[dt.date, ...], *, number: int) -> None:
    """A course with its baseline, and for the first one everything that comes before."""
    if number == 1:
        life.story.arrives(ago(infusions[0], 30))
        life.story.starts(ago(infusions[0], 28), protocol=_PROTOCOL, first_dose_on=infusions[0])
        papers_of_alemtuzumab(life, ago(infusions[0], 28))
    baseline = sheets.monthly(life.dice, life.body, depleted=0.0) + sheets.thyroid(life.dice, life.body)
    life.story.sheet(ago(infusions[0], 9), baseline)
    for day, on in enumerate(infusions, start=1):
        life.story.dose(on, course=number, day=day)
        if day in (3, 5):
            life.story.sheet(on, (sheets.platelets(life.dice, life.body),))


def _surveyed(life: Telling, last_infusion_on: dt.date, months: range, *, course: int) -> None:
    """Each month a few days before it is due, the thyroid with every third, the examinations once a year."""
    _ordered(life, last_infusion_on, f"prescription/{course}.1")
    for month in months:
        on = life.before(add_months(last_infusion_on, month), life.dice.randint(1, 5))
        values = sheets.monthly(life.dice, life.body, depleted=max(0.0, 1 - month / 14))
        life.story.sheet(on, values + (sheets.thyroid(life.dice, life.body) if month % 3 == 0 else ()))
        if month % 12 == 0:
            _examined(life, on)
        if month in (12, 24, 36):
            _ordered(life, on, f"prescription/{course}.{1 + month // 12}")


def _ordered(life: Telling, on: dt.date, key: str) -> None:
    """The standing order of the laboratory was renewed."""
    life.story.task(on, key)


def _examined(life: Telling, on: dt.date) -> None:
    life.story.found(on, skin="nothing suspect", edss=f"{life.dice.choice((1.0, 1.5, 2.0, 2.0, 2.5, 3.0)):.1f}")
    life.story.found(on, mri="no new lesion" if life.dice.random() < 0.9 else "one new T2 lesion")
    if life.story.person.sex is Sex.FEMALE:
        life.story.found(on, hpv="negative")
