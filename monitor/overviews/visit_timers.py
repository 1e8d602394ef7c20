"""What is timed inside one visit: the prompts around a dose, and from when on nobody needs to stay."""

from __future__ import annotations

import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from monitor.overviews.in_reach import treatment_in_reach
from monitor.schedules.visit_timers import LONGEST_DOSE, timers_of, visit_times
from monitor.store.histories import read_history
from monitor.terms import Unacceptable
from monitor.work import Work

_DAY = _FURTHEST = dt.timedelta(days=1)


class TimedPrompt(msgspec.Struct, frozen=True):
    """Something is to be done `at` a moment; `local_at` is the same on the wall of the site."""

    timer: str
    title: str
    at: dt.datetime
    local_at: dt.datetime
    source: str


class VisitTimers(msgspec.Struct, frozen=True):
    """`may_close_at` is None while the dose has not ended; `waits_for`: the timers that have to run out before."""

    treatment_id: UUID
    began_at: dt.datetime
    ended_at: dt.datetime | None
    is_first_dose: bool
    prompts: tuple[TimedPrompt, ...]
    may_close_at: dt.datetime | None
    may_close_local_at: dt.datetime | None
    waits_for: tuple[str, ...]


def visit_timers(
    work: Work, *, treatment_id: UUID, began_at: dt.datetime, ended_at: dt.datetime | None = None
) -> VisitTimers:
    """Of a dose that was given, runs or is planned within a day; it is the first where none is recorded before its day.

    Raises Missing, Unacceptable.
    """
    treatment = treatment_in_reach(work, treatment_id=treatment_id)
    _check(began_at, ended_at, now=work.at)
    zone = ZoneInfo(treatment.timezone)
    day = began_at.astimezone(zone).date()
    history = read_history(work.session, treatment_id=treatment_id, dictionary=work.catalog.dictionary)
    is_first = history.first_dose_on(on=day - _DAY) is None
    timers = timers_of(work.catalog.protocol(treatment.protocol).timers, profile=treatment.profile)
    found = visit_times(timers, began_at=began_at, ended_at=ended_at, is_first_dose=is_first, at=work.at)
    return VisitTimers(
        treatment_id=treatment_id,
        began_at=began_at.astimezone(dt.UTC),
        ended_at=None if ended_at is None else ended_at.astimezone(dt.UTC),
        is_first_dose=is_first,
        prompts=tuple(
            TimedPrompt(one.timer, one.title, one.at, one.at.astimezone(zone), one.source) for one in found.prompts
        ),
        may_close_at=found.may_close_at,
        may_close_local_at=None if found.may_close_at is None else found.may_close_at.astimezone(zone),
        waits_for=found.waits_for,
    )


def _check(began_at: dt.datetime, ended_at: dt.datetime | None, *, now: dt.datetime) -> None:
    """A slip in a date would ask for thousands of prompts, or let somebody leave too soon."""
    if began_at > now + _FURTHEST:
        raise Unacceptable("must lie within a day from now", field="began_at")
    if ended_at is None:
        if began_at < now - LONGEST_DOSE:
            raise Unacceptable("it began more than 24 hours ago: say when it ended", field="ended_at")
        return
    if ended_at < began_at:
        raise Unacceptable("lies before the beginning", field="ended_at")
    if ended_at - began_at > LONGEST_DOSE:
        raise Unacceptable("lies more than 24 hours after the beginning", field="ended_at")
