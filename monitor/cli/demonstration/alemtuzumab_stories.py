"""Five patients on alemtuzumab, from the weeks before the first course to the years of surveillance after the last."""

from __future__ import annotations

import datetime as dt

from monitor.cli.demonstration import people, sheets
from monitor.cli.demonstration.days import ago, course_until, last_working_day
from monitor.cli.demonstration.diary import Diary
from monitor.schedules.spans import add_months
from monitor.schedules.working_days import WorkingDays

_PROTOCOL = "alemtuzumab"
_FIRST_COURSE, _LATER_COURSE = 5, 3


def alemtuzumab_stories(today: dt.date, working_days: WorkingDays) -> tuple[Diary, ...]:
    """What happened until yesterday, whatever day today is."""
    return (
        _before_the_first_course(today, working_days),
        _during_the_first_course(today),
        _on_time(today, working_days),
        _two_months_missed(today, working_days),
        _stopped_after_two_courses(today, working_days),
    )


def month_three_is_asked_for(today: dt.date) -> dt.date:
    """The due date of a third month of which the patient is reminded today: today, or three days ago.

    Three months before the 29th to the 31st there may be no such day; three days earlier there always is.
    """
    is_there = add_months(add_months(today, -3), 3) == today
    return today if is_there else ago(today, 3)


def _before_the_first_course(today: dt.date, working_days: WorkingDays) -> Diary:
    diary = Diary(people.FLORA)
    first = working_days.monday_on_or_after(today + dt.timedelta(5))
    diary.arrives(ago(today, 15))
    diary.starts(ago(today, 13), protocol=_PROTOCOL, first_dose_on=first)
    return diary


def _during_the_first_course(today: dt.date) -> Diary:
    """Two of five infusions given, the third is for today; on a ward that knows no weekend."""
    diary = Diary(people.CLEO)
    _course(diary, (ago(today, 2), ago(today, 1)), number=1)
    return diary


def _on_time(today: dt.date, working_days: WorkingDays) -> Diary:
    """The samples of the third month are due, and a reminder of them arrives today."""
    diary = Diary(people.ADA)
    last = add_months(month_three_is_asked_for(today), -3)
    _course(diary, course_until(last, days=_FIRST_COURSE), number=1)
    diary.task(add_months(last, 1), "antiherpetic_stop/1")
    _samples(diary, last, range(1, 3), working_days)
    return diary


def _two_months_missed(today: dt.date, working_days: WorkingDays) -> Diary:
    """A month before the second course, nothing was heard of the patient for two months."""
    diary = Diary(people.KATELL)
    last = add_months(ago(today, 2), -11)
    _course(diary, course_until(last, days=_FIRST_COURSE), number=1)
    diary.task(add_months(last, 1), "antiherpetic_stop/1")
    _samples(diary, last, range(1, 9), working_days)
    return diary


def _stopped_after_two_courses(today: dt.date, working_days: WorkingDays) -> Diary:
    """No further course, four years of surveillance still owed, and this month's samples two weeks overdue."""
    diary = Diary(people.IRIS)
    last = add_months(ago(today, 16), -7)
    first_last = ago(add_months(last, -12), 10)
    _course(diary, course_until(first_last, days=_FIRST_COURSE), number=1)
    diary.task(add_months(first_last, 1), "antiherpetic_stop/1")
    _samples(diary, first_last, range(1, 13), working_days)
    diary.found(add_months(first_last, 12), skin="nothing suspect", hpv="negative")
    _course(diary, course_until(last, days=_LATER_COURSE), number=2)
    diary.task(add_months(last, 1), "antiherpetic_stop/2")
    diary.stopped(add_months(last, 2), "two courses given; no further one is planned")
    _samples(diary, last, range(1, 7), working_days)
    return diary


def _course(diary: Diary, infusions: tuple[dt.date, ...], *, number: int) -> None:
    """A course with its baseline, and for the first one everything that comes before."""
    if number == 1:
        diary.arrives(ago(infusions[0], 30))
        diary.starts(ago(infusions[0], 28), protocol=_PROTOCOL, first_dose_on=infusions[0])
    baseline_on = ago(infusions[0], 9)
    diary.sheet(baseline_on, sheets.monthly(number) + sheets.thyroid(number))
    for day, on in enumerate(infusions, start=1):
        diary.dose(on, course=number, day=day)
        if day in (3, 5):
            diary.sheet(on, sheets.platelets(day))


def _samples(diary: Diary, last_infusion_on: dt.date, months: range, working_days: WorkingDays) -> None:
    """Each month a few days before it is due, the thyroid with every third."""
    for month in months:
        on = last_working_day(ago(add_months(last_infusion_on, month), 2), working_days)
        diary.sheet(on, sheets.monthly(month) + (sheets.thyroid(month) if month % 3 == 0 else ()))
