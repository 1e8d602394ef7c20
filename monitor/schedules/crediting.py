"""Which fact satisfies which occurrence (primitives P28, P29), and what is still missing from one."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from functools import lru_cache
from operator import attrgetter

from monitor.schedules.calendar import Kind
from monitor.schedules.known import Known, Sheet
from monitor.schedules.occurrence import Occurrence
from monitor.schedules.plan import DoneBy, Stream

_DAY = dt.timedelta(days=1)


@lru_cache(maxsize=256)
def choices(requires: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """The required values, each as the set of those that would do."""
    return tuple(frozenset(choice.split(" or ")) for choice in requires)


def credit(stream: Stream, found: list[Occurrence], known: Known) -> None:
    """Marks what is done, by what the stream says does it; what a dose does was marked with the dose."""
    if stream.done_by is DoneBy.SAMPLE:
        _credit_samples(stream, found, known.labs if stream.kind is Kind.LAB else known.scales)
    elif stream.done_by is DoneBy.TASK:
        for occurrence in found:
            days = known.decisions.done_on.get(occurrence.key, ())
            occurrence.done_on = next((day for day in days if occurrence.is_creditable(day)), None)
    elif stream.done_by is DoneBy.DUE_DATE:
        last_day = min(known.on, known.decisions.died_on or known.on)
        for occurrence in found:
            if occurrence.cancelled_on is None and occurrence.computed_due < last_day:
                occurrence.done_on = occurrence.computed_due + _DAY


def _credit_samples(stream: Stream, found: list[Occurrence], sheet: Sheet) -> None:
    """One collection day credits at most one occurrence of a stream, the earliest still open.

    A baseline may share its sample with an occurrence of the course before, so it is credited apart.
    """
    if not sheet.days:
        return
    days = complete_days(sheet, stream)
    # In the order of opening: the series of an older course reaches far beyond the beginning of the next one's.
    regular = sorted((occurrence for occurrence in found if not occurrence.is_baseline), key=attrgetter("opens_on"))
    for baseline in found:
        if baseline.is_baseline:
            baseline.done_on = next((day for day in days if baseline.is_creditable(day)), None)
    _credit_in_turn(regular, days)


def complete_days(sheet: Sheet, stream: Stream) -> list[dt.date]:
    """The days, in order, on which every required value is there."""
    required = choices(stream.requires)
    usable_on = sheet.usable_on
    if all(len(choice) == 1 for choice in required):
        whole = frozenset().union(*required)
        return [day for day in sheet.days if whole <= usable_on[day]]
    return [day for day in sheet.days if all(not choice.isdisjoint(usable_on[day]) for choice in required)]


def _credit_in_turn(regular: list[Occurrence], days: list[dt.date]) -> None:
    start = 0
    for day in days:
        while start < len(regular):
            closes_on = regular[start].closes_on
            if closes_on is None or closes_on > day:
                break
            start += 1
        for occurrence in regular[start:]:
            if occurrence.opens_on > day:
                break
            if occurrence.is_creditable(day):
                occurrence.done_on = day
                break


def missing(stream: Stream, occurrence: Occurrence, sheet: Sheet) -> str:
    """What the fullest collection inside the window still lacks, in words."""
    if not sheet.days or sheet.days[-1] < occurrence.opens_on:
        return missing_all(stream.requires)
    required = choices(stream.requires)
    fewest: list[frozenset[str]] = list(required)
    for day in sheet.days[bisect_left(sheet.days, occurrence.opens_on) :]:
        if occurrence.closes_on is not None and day >= occurrence.closes_on:
            break
        lacking = [choice for choice in required if choice.isdisjoint(sheet.usable_on[day])]
        if len(lacking) < len(fewest):
            fewest = lacking
    if len(fewest) == len(required):
        return missing_all(stream.requires)
    return "missing: " + ", ".join(" or ".join(sorted(choice)) for choice in fewest)


@lru_cache(maxsize=256)
def missing_all(requires: tuple[str, ...]) -> str:
    """The words for a panel of which nothing is there yet."""
    return "missing: all of the panel" if len(requires) > 1 else f"missing: {requires[0]}"
