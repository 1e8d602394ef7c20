"""How long and how regularly somebody has been treated: intervals between doses, exposure in days and in months."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import msgspec

from monitor.schedules.facts import History
from monitor.schedules.known import Known, known
from monitor.schedules.plan import IntervalDoses, Plan
from monitor.spans import DAYS_IN_A_MONTH


class Interval(msgspec.Struct, frozen=True):
    """From one dose to the next, in days; `deviation` from what the label asks for.

    `is_on_time`: the second one came neither before its visit opened nor overdue.
    """

    days: int
    deviation: int
    is_on_time: bool


class Exposure(msgspec.Struct, frozen=True):
    """Days and months from the first dose to the end of treatment, the death or the day of the question.

    `first_on` and `until` are None, and all numbers 0, where nothing was given. `intervals` is empty where the protocol
    has courses, which count from other dates. Means are of days, exact to the hundredth; None without an interval.
    """

    doses: int
    first_on: dt.date | None
    until: dt.date | None
    days: int
    months: Decimal
    intervals: tuple[Interval, ...]
    mean_interval: Decimal | None
    mean_deviation: Decimal | None


def exposure(plan: Plan, history: History, *, on: dt.date) -> Exposure:
    """What the doses known on `on` amount to. A waived dose is none; a pause makes an interval longer.

    The nominal intervals are those of the plan (SmPC Qalsody 4.2); windows, rounding and the length of a month are
    policy. Raises nothing.
    """
    facts, _ = known(history, on=on)
    given = [administration.on for administration in facts.administrations]
    if not given:
        return Exposure(0, None, None, 0, Decimal("0.0"), (), None, None)
    until = _until(facts, given)
    days = (until - given[0]).days
    intervals = tuple(_intervals(plan.doses, given)) if isinstance(plan.doses, IntervalDoses) else ()
    return Exposure(
        doses=len(given),
        first_on=given[0],
        until=until,
        days=days,
        months=_rounded(Decimal(days) / DAYS_IN_A_MONTH, "0.1"),
        intervals=intervals,
        mean_interval=_mean([interval.days for interval in intervals]),
        mean_deviation=_mean([interval.deviation for interval in intervals]),
    )


def _until(facts: Known, given: list[dt.date]) -> dt.date:
    """The first of stop, death and the day of the question, but never before the last dose given."""
    ends = [day for day in (facts.decisions.stopped_on, facts.decisions.died_on) if day is not None]
    return max(min([facts.on, *ends]), given[-1])


def _intervals(doses: IntervalDoses, given: list[dt.date]) -> list[Interval]:
    found = []
    for count, (before, after) in enumerate(pairwise(given), start=1):
        deviation = (after - doses.phase_after(count).interval.after(before)).days
        window = doses.phase_of(count + 1).visit.window
        is_on_time = window.opens <= deviation and (window.overdue is None or deviation < window.overdue)
        found.append(Interval((after - before).days, deviation, is_on_time))
    return found


def _mean(numbers: list[int]) -> Decimal | None:
    return _rounded(Decimal(sum(numbers)) / len(numbers), "0.01") if numbers else None


def _rounded(number: Decimal, step: str) -> Decimal:
    """Half up: banker's rounding would give other tables than the agency's."""
    return number.quantize(Decimal(step), rounding=ROUND_HALF_UP)
