"""Reads what the dictionary says of good and bad values of one analyte: intervals, grades, slips, deltas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Literal, TypedDict

from monitor.catalog.analyte_shape import AnalyteEntry, BoundsEntry, DeltaEntry, GradeEntry
from monitor.labs.analyte import Delta, GradeRule, Interval, Ordinal, Slip
from monitor.labs.thresholds import Bounds
from monitor.terms import Unacceptable

_KINDS = ("bounds", "uln", "lln", "baseline", "step_at_least")
_CHANGES: tuple[Literal["percent", "amount", "times", "steps"], ...] = ("percent", "amount", "times", "steps")


class WrongAnalyteFile(Unacceptable):
    """The dictionary contradicts itself or is not what a dictionary looks like; `field` is the path inside the file."""


class Judgement(TypedDict):
    """The members of an analyte that say what its values are worth."""

    intervals: tuple[Interval, ...]
    normal_up_to: Ordinal | None
    grades: tuple[GradeRule, ...]
    slips: tuple[Slip, ...]
    delta: Delta | None
    shows_times_uln: bool


def read_judgement(
    entry: AnalyteEntry, *, levels: Mapping[str, Ordinal], units: Mapping[str, Sequence[str]], where: str
) -> Judgement:
    """What the entry says of its values. Raises `WrongAnalyteFile`."""
    intervals = _intervals(entry, where=where)
    if entry.shows_times_uln and not any(one.high is not None for one in intervals):
        raise WrongAnalyteFile("a multiple of the upper limit needs one", field=f"{where}.shows_times_uln")
    return Judgement(
        intervals=intervals,
        normal_up_to=_normal_up_to(entry, levels, where=where),
        grades=_grades(entry, intervals, levels=levels, where=where),
        slips=_slips(entry, units=units, where=where),
        delta=None if entry.delta is None else _delta(entry.delta, entry, where=f"{where}.delta"),
        shows_times_uln=entry.shows_times_uln,
    )


def _intervals(entry: AnalyteEntry, *, where: str) -> tuple[Interval, ...]:
    if entry.intervals and entry.limits is None:
        raise WrongAnalyteFile("steps have no interval", field=f"{where}.intervals")
    found = []
    for place, one in enumerate(entry.intervals):
        here = f"{where}.intervals[{place}]"
        low, high = _number(one.low), _number(one.high)
        if low is None and high is None:
            raise WrongAnalyteFile("has no end", field=here)
        if low is not None and high is not None and low >= high:
            raise WrongAnalyteFile("the lower end is not below the upper one", field=here)
        if any(end is not None and not _is_possible(end, entry) for end in (low, high)):
            raise WrongAnalyteFile("an end lies outside the hard limits", field=here)
        found.append(Interval(low=low, high=high, sex=one.sex, from_age=one.from_age or 0))
    for first, second in combinations(found, 2):
        is_same_sex = first.sex is None or second.sex is None or first.sex == second.sex
        if first.from_age == second.from_age and is_same_sex:
            raise WrongAnalyteFile("two intervals for the same people", field=f"{where}.intervals")
    return tuple(found)


def _normal_up_to(entry: AnalyteEntry, levels: Mapping[str, Ordinal], *, where: str) -> Ordinal | None:
    if entry.normal_up_to is None:
        return None
    step = levels.get(entry.normal_up_to)
    if step is None or step == max(levels.values()):
        raise WrongAnalyteFile("there is no such step, or none above it", field=f"{where}.normal_up_to")
    return step


def _grades(
    entry: AnalyteEntry, intervals: Sequence[Interval], *, levels: Mapping[str, Ordinal], where: str
) -> tuple[GradeRule, ...]:
    found = []
    for place, one in enumerate(entry.grades):
        here = f"{where}.grades[{place}]"
        _check_kinds(one, is_ordinal=entry.unit is None, where=here)
        step = None if one.step_at_least is None else levels.get(one.step_at_least)
        if one.step_at_least is not None and step is None:
            raise WrongAnalyteFile("there is no such step", field=f"{here}.step_at_least")
        for limit, has_it in (
            (one.uln, any(usual.high is not None for usual in intervals)),
            (one.lln, any(usual.low is not None for usual in intervals)),
        ):
            if limit is not None and not has_it:
                raise WrongAnalyteFile("counts from a limit that no interval gives", field=here)
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


def _check_kinds(one: GradeEntry, *, is_ordinal: bool, where: str) -> None:
    kinds = {name for name in _KINDS if getattr(one, name) is not None}
    if len(kinds) != 1 and kinds != {"uln", "baseline"}:
        raise WrongAnalyteFile(f"exactly one of {', '.join(_KINDS)}; or uln and baseline together", field=where)
    if is_ordinal != (kinds == {"step_at_least"}):
        raise WrongAnalyteFile("steps are graded by steps, numbers by bounds", field=where)


def _check_order(rules: Sequence[GradeRule], *, where: str) -> None:
    """A higher grade lies further out: of two rules of one kind and side, the graver has the further bound."""
    for one, other in combinations(rules, 2):
        for ends in _comparable(one, other):
            if one.grade == other.grade or (ends[1] > ends[0]) != (other.grade > one.grade):
                raise WrongAnalyteFile(f"grades {one.grade} and {other.grade} overlap", field=where)


def _comparable(one: GradeRule, other: GradeRule) -> Iterator[tuple[Decimal, Decimal]]:
    """How far out each of the two begins, for every kind and side on which both say so."""
    if one.step is not None and other.step is not None:
        yield Decimal(one.step.rank), Decimal(other.step.rank)
    for first, second in (
        (one.bounds, other.bounds), (one.uln, other.uln), (one.lln, other.lln), (one.baseline, other.baseline),
    ):  # fmt: skip
        if first is not None and second is not None and (first.below is None) == (second.below is None):
            yield _distance(first), _distance(second)


def _distance(bounds: Bounds) -> Decimal:
    if bounds.below is not None:
        return -bounds.below
    return next(end for end in (bounds.above, bounds.at_least) if end is not None)


def _bounds(entry: BoundsEntry | None, *, where: str) -> Bounds | None:
    if entry is None:
        return None
    found = Bounds(above=_number(entry.above), at_least=_number(entry.at_least), below=_number(entry.below))
    if sum(end is not None for end in (found.above, found.at_least, found.below)) != 1:
        raise WrongAnalyteFile("exactly one of above, at_least, below", field=where)
    return found


def _slips(entry: AnalyteEntry, *, units: Mapping[str, Sequence[str]], where: str) -> tuple[Slip, ...]:
    found: list[Slip] = []
    for place, one in enumerate(entry.slips):
        here = f"{where}.slips[{place}]"
        low, high = Decimal(one.low), Decimal(one.high)
        if low >= high:
            raise WrongAnalyteFile("the lower end is not below the upper one", field=here)
        if one.unit not in entry.factors or one.unit not in units or Decimal(entry.factors[one.unit]) == 1:
            raise WrongAnalyteFile("looks like a unit that the analyte has not, or its own", field=f"{here}.unit")
        if any(low <= other.high and other.low <= high for other in found):
            raise WrongAnalyteFile("looks like two units at once", field=here)
        found.append(Slip(low=low, high=high, unit=one.unit))
    return tuple(found)


def _delta(one: DeltaEntry, entry: AnalyteEntry, *, where: str) -> Delta:
    sizes = {by: size for by in _CHANGES if (size := getattr(one, by)) is not None}
    if len(sizes) != 1:
        raise WrongAnalyteFile(f"exactly one of {', '.join(_CHANGES)}", field=where)
    ((by, size),) = sizes.items()
    if (by == "steps") != (entry.unit is None) or (one.below is not None and entry.unit is None):
        raise WrongAnalyteFile("steps change by steps, numbers by numbers", field=where)
    if (size.above is None) == (size.at_least is None):
        raise WrongAnalyteFile("exactly one of above, at_least", field=f"{where}.{by}")
    number = Decimal(size.above or size.at_least or "0")
    least = 1 if by == "times" else 0
    if number <= least or (by == "percent" and one.direction != "rise" and number > 100):
        raise WrongAnalyteFile("every value changes so much, or none can", field=f"{where}.{by}")
    if one.below is not None and not _is_possible(Decimal(one.below), entry):
        raise WrongAnalyteFile("lies outside the hard limits", field=f"{where}.below")
    return Delta(
        by=by,
        size=number,
        is_strict=size.above is not None,
        direction=one.direction,
        within_days=one.within_days,
        below=_number(one.below),
    )


def _is_possible(number: Decimal, entry: AnalyteEntry) -> bool:
    return entry.limits is not None and Decimal(entry.limits[0]) <= number <= Decimal(entry.limits[1])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
