"""Timers inside a visit (P20): when vital signs are taken, and until when somebody is watched after the dose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import msgspec

from monitor.labels import under
from monitor.schedules.recurrence import Part

LONGEST_DOSE = dt.timedelta(hours=24)
"""Between beginning and end of a dose; what is longer is a slip. [policy]."""


class VisitTimer(Part, frozen=True):
    """One timer, counted from the beginning or from the end of the dose.

    `minutes`: how long it runs, and `first_dose_minutes` at the very first dose of a treatment. `every`: minutes from
    one prompt to the next, the first as it starts; where it is absent there is one prompt, when the timer has run out.
    `blocks_closing`: nobody leaves before it has run out.
    """

    id: str
    title: str
    source: str
    starts: Literal["beginning", "end"]
    minutes: int
    every: int | None = None
    first_dose_minutes: int | None = None
    blocks_closing: bool = False
    us_source: str | None = None


class Prompt(msgspec.Struct, frozen=True):
    """Something is to be done at a moment, in UTC, and by which timer."""

    timer: str
    title: str
    at: dt.datetime
    source: str


class VisitTimes(msgspec.Struct, frozen=True):
    """The prompts in order of time, and from when on the visit may be closed: None while the dose has not ended.

    `waits_for`: the timers that have to run out before.
    """

    prompts: tuple[Prompt, ...]
    may_close_at: dt.datetime | None
    waits_for: tuple[str, ...]


def timers_of(timers: Iterable[VisitTimer], *, profile: str) -> tuple[VisitTimer, ...]:
    """The timers on the authority of the label that is followed."""
    return tuple(under(one, profile) for one in timers)


def visit_times(
    timers: tuple[VisitTimer, ...],
    *,
    began_at: dt.datetime,
    ended_at: dt.datetime | None,
    is_first_dose: bool,
    at: dt.datetime,
) -> VisitTimes:
    """When each prompt comes; moments are aware, so that no change of the hour matters.

    What recurs from the beginning goes on until the dose ends where that lasts longer than the timer: a dose whose end
    is unknown still runs `at` this moment, and the next prompt after it is listed. Source: SmPC Lemtrada 4.4 (at least
    hourly while it runs, two hours after), policy for the rest. Raises nothing.
    """
    began, ended = began_at.astimezone(dt.UTC), None if ended_at is None else ended_at.astimezone(dt.UTC)
    prompts: list[Prompt] = []
    runs_out = []
    for timer in timers:
        start = began if timer.starts == "beginning" else ended
        if start is None:
            continue
        end = start + _length(timer, is_first_dose=is_first_dose)
        if timer.every is not None and timer.starts == "beginning":
            end = max(end, at.astimezone(dt.UTC) + _minutes(timer.every) if ended is None else ended)
        prompts += _prompts(timer, start, end)
        if timer.blocks_closing:
            runs_out.append(end)
    return VisitTimes(
        prompts=tuple(sorted(prompts, key=lambda one: one.at)),
        may_close_at=None if ended is None else max(ended, *runs_out) if runs_out else ended,
        waits_for=tuple(timer.id for timer in timers if timer.blocks_closing),
    )


def _length(timer: VisitTimer, *, is_first_dose: bool) -> dt.timedelta:
    if is_first_dose and timer.first_dose_minutes is not None:
        return _minutes(timer.first_dose_minutes)
    return _minutes(timer.minutes)


def _prompts(timer: VisitTimer, start: dt.datetime, end: dt.datetime) -> list[Prompt]:
    if timer.every is None:
        return [Prompt(timer.id, timer.title, end, timer.source)]
    every = _minutes(timer.every)
    return [
        Prompt(timer.id, timer.title, start + number * every, timer.source)
        for number in range((end - start) // every + 1)
    ]


def _minutes(number: int) -> dt.timedelta:
    return dt.timedelta(minutes=number)
