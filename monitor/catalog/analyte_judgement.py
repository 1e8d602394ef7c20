"""Reads what the dictionary says of good and bad values of one analyte: intervals, grades, slips, deltas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TypedDict

from monitor.catalog.analyte_shape import AnalyteEntry, BoundsEntry, DeltaEntry, GradeEntry, IntervalEntry, SlipEntry
from monitor.labs.analyte import Delta, GradeRule, Interval, Ordinal, Slip
from monitor.labs.thresholds import Bounds
from monitor.terms import Unacceptable

_ONE_OF = ("bounds", "uln", "lln", "baseline", "step_at_least")


class WrongAnalyteFile(Unacceptable):
    """The dictionary contradicts itself or is not what a dictionary looks like; `field` is the path inside the file."""


class Judgement(TypedDict):
    """The members of an analyte that say what its values are worth."""

    intervals: tuple[Interval, ...]
    grades: tuple[GradeRule, ...]
    slips: tuple[Slip, ...]
    delta: Delta | None
    shows_times_uln: bool


def read_judgement(
    entry: AnalyteEntry, *, levels: Mapping[str, Ordinal], units: Mapping[str, Sequence[str]], where: str
) -> Judgement:
    """What the entry says of its values. Raises `WrongAnalyteFile`."""
    if entry.shows_times_uln and not any(one.high is not None for one in entry.intervals):
        raise WrongAnalyteFile("a multiple of the upper limit needs one", field=f"{where}.shows_times_uln")
    return Judgement(
        intervals=_intervals(entry.intervals, is_ordinal=entry.unit is None, where=where),
        grades=_grades(entry.grades, levels=levels, is_ordinal=entry.unit is None, where=where),
        slips=tuple(
            _slip(one, entry, units=units, where=f"{where}.slips[{place}]") for place, one in enumerate(entry.slips)
        ),
        delta=None if entry.delta is None else _delta(entry.delta, entry, where=f"{where}.delta"),
        shows_times_uln=entry.shows_times_uln,
    )


def _intervals(entries: Sequence[IntervalEntry], *, is_ordinal: bool, where: str) -> tuple[Interval, ...]:
    if entries and is_ordinal:
        raise WrongAnalyteFile("steps have no interval", field=f"{where}.intervals")
    found = []
    for place, one in enumerate(entries):
        here = f"{where}.intervals[{place}]"
        low, high = _number(one.low), _number(one.high)
        if low is None and high is None:
            raise WrongAnalyteFile("has no end", field=here)
        if low is not None and high is not None and low >= high:
            raise WrongAnalyteFile("the lower end is not below the upper one", field=here)
        found.append(Interval(low=low, high=high, sex=one.sex, from_age=one.from_age or 0))
    for first, second in combinations(found, 2):
        is_same_sex = first.sex is None or second.sex is None or first.sex == second.sex
        if first.from_age == second.from_age and is_same_sex:
            raise WrongAnalyteFile("two intervals for the same people", field=f"{where}.intervals")
    return tuple(found)


def _grades(
    entries: Sequence[GradeEntry], *, levels: Mapping[str, Ordinal], is_ordinal: bool, where: str
) -> tuple[GradeRule, ...]:
    found = []
    for place, one in enumerate(entries):
        here = f"{where}.grades[{place}]"
        if sum(getattr(one, name) is not None for name in _ONE_OF) != 1:
            raise WrongAnalyteFile(f"exactly one of {', '.join(_ONE_OF)}", field=here)
        if is_ordinal != (one.step_at_least is not None):
            raise WrongAnalyteFile("steps are graded by steps, numbers by bounds", field=here)
        step = None if one.step_at_least is None else levels.get(one.step_at_least)
        if one.step_at_least is not None and step is None:
            raise WrongAnalyteFile("there is no such step", field=f"{here}.step_at_least")
        found.append(
            GradeRule(
                grade=one.grade,
                bounds=_bounds(one.bounds, where=here),
                uln=_bounds(one.uln, where=here),
                lln=_bounds(one.lln, where=here),
                baseline=_bounds(one.baseline, where=here),
                step=step,
            )
        )
    _check_order(found, where=f"{where}.grades")
    return tuple(sorted(found, key=lambda rule: -rule.grade))


def _check_order(rules: Sequence[GradeRule], *, where: str) -> None:
    """A higher grade lies further out: of two rules of one kind and side, the graver has the further bound."""
    for one, other in combinations(rules, 2):
        for kind in ("bounds", "uln", "lln", "baseline"):
            ends = (getattr(one, kind), getattr(other, kind))
            if None in ends or (ends[0].below is None) != (ends[1].below is None):
                continue
            first, second = (_end(bounds) for bounds in ends)
            is_further = second < first if ends[0].below is not None else second > first
            if one.grade == other.grade or is_further != (other.grade > one.grade):
                raise WrongAnalyteFile(f"grades {one.grade} and {other.grade} overlap", field=where)


def _end(bounds: Bounds) -> Decimal:
    return next(end for end in (bounds.below, bounds.above, bounds.at_least) if end is not None)


def _bounds(entry: BoundsEntry | None, *, where: str) -> Bounds | None:
    if entry is None:
        return None
    found = Bounds(above=_number(entry.above), at_least=_number(entry.at_least), below=_number(entry.below))
    if sum(end is not None for end in (found.above, found.at_least, found.below)) != 1:
        raise WrongAnalyteFile("exactly one of above, at_least, below", field=where)
    return found


def _slip(one: SlipEntry, entry: AnalyteEntry, *, units: Mapping[str, Sequence[str]], where: str) -> Slip:
    low, high = Decimal(one.low), Decimal(one.high)
    if low >= high:
        raise WrongAnalyteFile("the lower end is not below the upper one", field=where)
    if one.unit not in entry.factors or one.unit not in units:
        raise WrongAnalyteFile("looks like a unit that the analyte has not", field=f"{where}.unit")
    return Slip(low=low, high=high, unit=one.unit)


def _delta(one: DeltaEntry, entry: AnalyteEntry, *, where: str) -> Delta:
    if sum(amount is not None for amount in (one.percent, one.amount, one.times, one.steps)) != 1:
        raise WrongAnalyteFile("exactly one of percent, amount, times, steps", field=where)
    if (one.steps is not None) != (entry.unit is None):
        raise WrongAnalyteFile("steps change by steps, numbers by numbers", field=where)
    return Delta(
        direction=one.direction,
        percent=_number(one.percent),
        amount=_number(one.amount),
        times=_number(one.times),
        steps=one.steps,
        within_days=one.within_days,
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
