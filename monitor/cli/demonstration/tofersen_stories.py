"""Seven patients on tofersen, one in each state that its calendar knows."""

from __future__ import annotations

import datetime as dt

from monitor.cli.demonstration import people, sheets
from monitor.cli.demonstration.days import ago, doses_until, last_working_day
from monitor.cli.demonstration.diary import Diary
from monitor.schedules.spans import add_months
from monitor.schedules.working_days import WorkingDays

_PROTOCOL = "tofersen"


def tofersen_stories(today: dt.date, working_days: WorkingDays) -> tuple[Diary, ...]:
    """What happened until yesterday, whatever day today is."""
    return (
        _before_the_first_dose(today, working_days),
        _loading_and_late(today, working_days),
        _on_time(today, working_days),
        _overdue(today, working_days),
        _suspended(today, working_days),
        _stopped(today, working_days),
        _died(today, working_days),
    )


def _before_the_first_dose(today: dt.date, working_days: WorkingDays) -> Diary:
    diary = Diary(people.BASILE)
    diary.arrives(ago(today, 12))
    diary.starts(ago(today, 9), protocol=_PROTOCOL, first_dose_on=working_days.on_or_after(today + dt.timedelta(6)))
    _baseline(diary, ago(today, 3))
    return diary


def _loading_and_late(today: dt.date, working_days: WorkingDays) -> Diary:
    """The third loading dose should have been given two days ago; texts were refused, so a nurse must call."""
    return _treated(people.DUNCAN, today, working_days, count=2, due_on=ago(today, 2))


def _on_time(today: dt.date, working_days: WorkingDays) -> Diary:
    return _treated(people.ELOI, today, working_days, count=5, due_on=today + dt.timedelta(7))


def _overdue(today: dt.date, working_days: WorkingDays) -> Diary:
    """Five weeks late: the calendar asks a clinician, and starts no new loading phase by itself."""
    return _treated(people.GASPARD, today, working_days, count=4, due_on=ago(today, 35))


def _suspended(today: dt.date, working_days: WorkingDays) -> Diary:
    diary = _treated(people.JONAS, today, working_days, count=4, due_on=today + dt.timedelta(5))
    diary.suspended(ago(today, 12), "waiting for the advice of the ophthalmologist")
    return diary


def _stopped(today: dt.date, working_days: WorkingDays) -> Diary:
    """Nothing is due any more but one call, four weeks after the last dose."""
    diary = _treated(people.HELMINE, today, working_days, count=5, due_on=ago(today, 2))
    diary.stopped(ago(today, 16), "progression; decided together with the patient")
    return diary


def _died(today: dt.date, working_days: WorkingDays) -> Diary:
    diary = _treated(people.LUCIEN, today, working_days, count=4, due_on=today + dt.timedelta(4))
    diary.died(ago(today, 9), recorded_on=ago(today, 8))
    return diary


def _treated(
    patient: people.Patient, today: dt.date, working_days: WorkingDays, *, count: int, due_on: dt.date
) -> Diary:
    """`count` doses with everything that goes with them, the next due on `due_on` or nearly so."""
    diary = Diary(patient)
    doses = doses_until(due_on, count=count, working_days=working_days)
    diary.arrives(ago(doses[0], 21))
    diary.starts(ago(doses[0], 20), protocol=_PROTOCOL, first_dose_on=doses[0])
    _baseline(diary, last_working_day(ago(doses[0], 6), working_days))
    for turn, on in enumerate(doses, start=1):
        diary.sheet(last_working_day(ago(on, 1), working_days), sheets.before_the_puncture(turn))
        diary.dose(on)
        diary.sheet(on, sheets.spinal_fluid(turn))
        diary.found(
            on, weight=str(71 - turn % 3), respiratory_status="0", nutritional_status="0", ambulatory_status="1"
        )
    _every_three_months(diary, doses[0], today, working_days)
    return diary


def _baseline(diary: Diary, on: dt.date) -> None:
    diary.sheet(on, sheets.quarterly(0))
    diary.found(on, alsfrs_r="39", svc="84", fvc="82")


def _every_three_months(diary: Diary, first_dose_on: dt.date, today: dt.date, working_days: WorkingDays) -> None:
    """A little before it is due, as long as that lies behind us."""
    turn = 1
    while (on := last_working_day(ago(add_months(first_dose_on, 3 * turn), 6), working_days)) < today:
        diary.sheet(on, sheets.quarterly(turn))
        diary.found(on, alsfrs_r=str(39 - turn), svc=str(84 - turn), fvc=str(82 - turn))
        turn += 1
