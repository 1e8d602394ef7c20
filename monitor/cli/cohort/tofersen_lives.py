"""Lives on tofersen, one for each state that its calendar knows, as of any day of any year."""

from __future__ import annotations

import datetime as dt

from monitor.cli.cohort import sheets
from monitor.cli.cohort.days import DAY, LOADING_DOSES, ago, doses_until, due_between, next_due
from monitor.cli.cohort.papers import form_of_dose, papers_of_tofersen, renewals, stop_reason
from monitor.cli.cohort.telling import Telling
from monitor.dossier.ending import StopReason
from monitor.spans import add_months

_PROTOCOL = "tofersen"
_FORM_IN_TIME = 0.85  # of the last dose; those before have theirs
_PAUSES = (
    "waiting for the advice of the ophthalmologist",
    "an infection; the puncture waits",
    "a fall and a stay in another hospital",
)
_STOPS = (
    (StopReason.PROGRESSION, "progression; decided together with the patient"),
    (StopReason.PATIENT_WISH, "the patient no longer wishes to be treated"),
    (StopReason.LACK_OF_EFFICACY, "no benefit seen at the review"),
)


def before_the_first_dose(life: Telling) -> None:
    first = life.working_days.on_or_after(life.today + life.dice.randint(4, 9) * DAY)
    life.story.arrives(ago(life.today, 12))
    life.story.starts(ago(life.today, 9), protocol=_PROTOCOL, first_dose_on=first)
    papers_of_tofersen(life, ago(life.today, 9))
    _baseline(life, ago(life.today, 3))


def loading(life: Telling) -> None:
    treated(life, doses=life.dice.randint(1, LOADING_DOSES - 1), due_in=(2, 9))


def loading_and_late(life: Telling) -> None:
    """A loading dose should have been given a day or two ago."""
    treated(life, doses=LOADING_DOSES - 1, due_in=(-2, -1))


def on_time(life: Telling) -> None:
    """The visit of the next dose is agreed."""
    given = treated(life, doses=_so_many(life), due_in=(1, 20))
    due_on = next_due(given)
    life.story.visit(
        life.before(life.today, 1), keys=(f"dose/{len(given) + 1}",), on=life.working_days.on_or_after(due_on),
        time=dt.time(life.dice.randint(8, 14), life.dice.choice((0, 30))), place="day hospital",
    )  # fmt: skip


def late(life: Telling) -> None:
    """The patient was called, and did not answer."""
    given = treated(life, doses=_so_many(life), due_in=(-6, -2))
    life.story.called(ago(life.today, 1), keys=(f"dose/{len(given) + 1}",), outcome="no_answer")


def overdue(life: Telling) -> None:
    """Weeks late: the calendar asks a clinician, and starts no new loading phase by itself."""
    treated(life, doses=_so_many(life), due_in=(-45, -12))


def after_a_long_interruption(life: Telling) -> None:
    """Doses went on two months after one was due, and nothing loaded again."""
    treated(life, doses=max(6, _so_many(life)), due_in=(6, 20), away=life.dice.randint(56, 90))


def suspended(life: Telling) -> None:
    treated(life, doses=_so_many(life), due_in=(3, 12))
    life.story.suspended(ago(life.today, 12), life.dice.choice(_PAUSES))


def stopped(life: Telling) -> None:
    """Nothing is due any more but one call, four weeks after the end."""
    treated(life, doses=_so_many(life), due_in=(-4, 10))
    on, (reason, why) = ago(life.today, life.dice.randint(12, 16)), life.dice.choice(_STOPS)
    life.story.stopped(on, why)
    stop_reason(life, on, reason)


def died(life: Telling) -> None:
    treated(life, doses=_so_many(life), due_in=(4, 12))
    on = life.dice.randint(5, 9)
    life.story.died(ago(life.today, on), recorded_on=ago(life.today, on - life.dice.randint(0, 2)))


def treated(life: Telling, *, doses: int, due_in: tuple[int, int], away: int = 0) -> tuple[dt.date, ...]:
    """`doses`, whose days it gives, with everything that goes with them.

    `due_in`: the next one is due so many days from today, between the two.
    `away`: by so many days one of the last doses came too late.
    """
    first, last = (life.today + days * DAY for days in due_in)
    due_on = due_between(first, last, count=doses, working_days=life.working_days, dice=life.dice)
    given = doses_until(due_on, count=doses, working_days=life.working_days, dice=life.dice)
    if away:
        given = (*_before_a_gap(life, given[-2], count=doses - 2, days=away), *given[-2:])
    life.story.arrives(ago(given[0], 21))
    life.story.starts(ago(given[0], 20), protocol=_PROTOCOL, first_dose_on=given[0])
    papers_of_tofersen(life, ago(given[0], 20))
    _baseline(life, life.before(given[0], 6))
    for turn, on in enumerate(given, start=1):
        life.story.sheet(life.before(on, 1), sheets.before_the_puncture(life.dice, life.body))
        life.story.dose(on)
        life.story.sheet(on, sheets.spinal_fluid(life.dice))
        life.story.found(on, **sheets.status_of(life.body, turn=turn))
        for days in (1, 7):
            if life.is_past(asked_on := on + days * DAY):
                life.story.task(asked_on, f"post_lp/{turn}.{days}")
        if turn < doses or life.dice.random() < _FORM_IN_TIME:
            form_of_dose(life, on, dose=turn)
    renewals(life, ago(given[0], 20))
    _every_three_months(life, given[0])
    return given


def _before_a_gap(life: Telling, back_on: dt.date, *, count: int, days: int) -> tuple[dt.date, ...]:
    """The doses before one that came so many days after it was due, or a few more."""
    due_on = due_between(
        ago(back_on, days + 6), ago(back_on, days), count=count, working_days=life.working_days, dice=life.dice
    )
    return doses_until(due_on, count=count, working_days=life.working_days, dice=life.dice)


def _so_many(life: Telling) -> int:
    """How many doses of a maintenance were given: many have a few, a few have many."""
    return LOADING_DOSES + 1 + int(24 * life.dice.random() ** 2)


def _baseline(life: Telling, on: dt.date) -> None:
    _quarter(life, on, turn=0)


def _every_three_months(life: Telling, first_dose_on: dt.date) -> None:
    """A little before it is due, as long as that lies behind us."""
    turn = 1
    while life.is_past(on := life.before(add_months(first_dose_on, 3 * turn), life.dice.randint(2, 6))):
        _quarter(life, on, turn=turn)
        turn += 1


def _quarter(life: Telling, on: dt.date, *, turn: int) -> None:
    life.story.sheet(on, sheets.quarterly(life.dice, life.body, turn=turn))
    life.story.scored(on, "alsfrs_r", sheets.alsfrs_r_of(life.body, turn=turn))
    life.story.found(on, **sheets.vital_capacity_of(life.body, turn=turn))
