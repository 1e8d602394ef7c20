"""How the values of one analyte went: every point with its limits and its findings, the action lines, the doses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, Protocol

import msgspec

from monitor.labs.action_lines import ActionLine, LimitsSpan, action_lines
from monitor.labs.analyte import Analyte, Ordinal
from monitor.labs.conditions import reference_of
from monitor.labs.judge import judge
from monitor.labs.points import point_of
from monitor.labs.quantities import Comparator
from monitor.labs.ranges import Range, range_of
from monitor.labs.rounding import rounded
from monitor.labs.subject import Subject
from monitor.labs.values import NotDone, NotMeasured, Value
from monitor.spans import add_months
from monitor.terms import Level

_TENTH = Decimal("0.1")
_EMPTY_PERIOD_MONTHS = 12


class Dated(Protocol):
    """Whatever has a day."""

    @property
    def on(self) -> dt.date:
        """The day."""


class TrendPoint(msgspec.Struct, frozen=True):
    """One value of the series, in the canonical unit.

    `value`, or else `step`. `lower`, `upper`: between these it would be normal; `uses_usual_range` where the laboratory
    printed none. `change_percent`: from the usable value before it; `baseline_percent`: from the personal baseline.
    `level` and `rules`: of the findings in it, the gravest first. `slope_per_month`: of a scale, since the one before.
    """

    on: dt.date
    value: Decimal | None
    step: str | None
    comparator: Comparator | None
    range: Range
    lower: Decimal | None
    upper: Decimal | None
    uses_usual_range: bool
    is_preliminary: bool
    is_corrected: bool
    is_implausible: bool
    change_percent: Decimal | None
    direction: Literal["fall", "rise"] | None
    baseline_percent: Decimal | None
    level: Level | None
    rules: tuple[str, ...]
    ref: str | None
    slope_per_month: Decimal | None = None


class DoseMark(msgspec.Struct, frozen=True):
    """A dose that was given; `course` and `day` where the protocol has courses."""

    on: dt.date
    course: int | None = None
    day: int | None = None


class Failure(msgspec.Struct, frozen=True):
    """A sample that gave no value."""

    on: dt.date
    reason: NotDone


class Trend(msgspec.Struct, frozen=True):
    """The series of one analyte from `from_on` to `until_on`, both included; no name of anybody is in it.

    `unit`: of every number here, None for a test that has `steps`, lowest first. `baseline`: the number of this patient
    before the treatment, None where nobody knows; `shows_baseline`: a rule asks for it, or nothing else says what a
    value means. `slope_per_month`: of a scale, from the baseline to the latest; `lowest`: the lowest it can be.
    """

    analyte: str
    code: str
    name_en: str
    name_fr: str
    unit: str | None
    steps: tuple[str, ...]
    from_on: dt.date
    until_on: dt.date
    baseline: Decimal | None
    shows_baseline: bool
    points: tuple[TrendPoint, ...]
    limits: tuple[LimitsSpan, ...]
    lines: tuple[ActionLine, ...]
    doses: tuple[DoseMark, ...]
    failures: tuple[Failure, ...]
    slope_per_month: Decimal | None = None
    lowest: Decimal | None = None


def trend(
    analyte: Analyte,
    subject: Subject,
    *,
    on: dt.date,
    since: dt.date | None = None,
    corrected: Iterable[Value] = (),
    doses: Iterable[DoseMark] = (),
    failures: Iterable[NotMeasured] = (),
) -> Trend:
    """What is known of one analyte up to `on`, from `since` or else from the first value or dose.

    `subject`: the chart, the rules and the baselines of the patient. `corrected`: those of its values that replaced
    another one. Each value is judged as it would be on the day of its sample; what lies before `since` still serves for
    comparison. Raises nothing.
    """
    values = [value for value in subject.chart.of(analyte.id) if value.collected_on <= on]
    given = sorted((dose for dose in doses if dose.on <= on), key=lambda dose: dose.on)
    from_on = first_of(since, values, given, on=on)
    shown = [value for value in values if value.collected_on >= from_on]
    replaced = set(corrected)
    points = tuple(_point(value, subject, is_corrected=value in replaced) for value in shown)
    limits = limits_over_time(points, until_on=on)
    baseline = subject.baselines.get(analyte.id)
    is_asked_for = analyte.id in subject.rules.with_baseline or not limits
    lost = {Failure(one.collected_on, one.reason) for one in failures if one.analyte == analyte.id}
    return Trend(
        analyte=analyte.id, code=analyte.code, name_en=analyte.name_en, name_fr=analyte.name_fr, unit=analyte.unit,
        steps=tuple(step.name for step in analyte.steps),
        from_on=from_on, until_on=on,
        baseline=baseline, shows_baseline=baseline is not None and is_asked_for,
        points=points, limits=limits,
        lines=action_lines(analyte.id, subject.rules, limits, sex=subject.sex, from_on=from_on, until_on=on),
        doses=tuple(dose for dose in given if dose.on >= from_on),
        failures=tuple(sorted((one for one in lost if from_on <= one.on <= on), key=lambda one: (one.on, one.reason))),
    )  # fmt: skip


def first_of(since: dt.date | None, values: Iterable[Value | Dated], doses: Iterable[Dated], *, on: dt.date) -> dt.date:
    """The first day of a trend: `since`, else that of the first value or dose, else a year before `on`."""
    days = [value.collected_on if isinstance(value, Value) else value.on for value in values]
    first = min((*days, *(dose.on for dose in doses)), default=None)
    return min(since or first or add_months(on, -_EMPTY_PERIOD_MONTHS), on)


def limits_over_time(points: Sequence[TrendPoint], *, until_on: dt.date) -> tuple[LimitsSpan, ...]:
    """The limits of each point, as long as they stay the same; none for points without any. Raises nothing."""
    spans: list[LimitsSpan] = []
    for point in points:
        if spans:
            last = spans[-1]
            if (last.lower, last.upper, last.is_fallback) == (point.lower, point.upper, point.uses_usual_range):
                continue
            spans[-1] = msgspec.structs.replace(last, until_on=point.on)
        spans.append(LimitsSpan(point.on, until_on, point.lower, point.upper, point.uses_usual_range))
    return tuple(span for span in spans if span.lower is not None or span.upper is not None)


def percent_of(value: Decimal, start: Decimal | None) -> Decimal | None:
    """The change from `start` in percent, rounded half up to a tenth; None where there is nothing to divide by."""
    if start is None or start <= 0:
        return None
    return rounded((value - start) * 100 / start, _TENTH)


def _point(value: Value, subject: Subject, *, is_corrected: bool) -> TrendPoint:
    quantity = value.quantity
    number = None if isinstance(quantity.value, Ordinal) else quantity.value
    limits = reference_of(value, subject)
    found = judge(value, subject)
    before = _number_before(value, subject)
    change = None if number is None else percent_of(number, before)
    return TrendPoint(
        on=value.collected_on,
        value=number,
        step=quantity.value.name if isinstance(quantity.value, Ordinal) else None,
        comparator=quantity.comparator,
        lower=limits.low,
        upper=limits.high,
        uses_usual_range=limits.is_fallback,
        range=range_of(point_of(quantity), limits),
        is_preliminary=not value.is_final,
        is_corrected=is_corrected,
        is_implausible=not quantity.is_usable,
        change_percent=change,
        direction=_direction(number, before),
        baseline_percent=None if number is None else percent_of(number, subject.baselines.get(value.analyte)),
        level=found[0].level if found else None,
        rules=tuple(one.rule for one in found),
        ref=value.ref,
    )


def _number_before(value: Value, subject: Subject) -> Decimal | None:
    before = subject.chart.before(value)
    if before is None or isinstance(before.quantity.value, Ordinal):
        return None
    return before.quantity.value


def _direction(number: Decimal | None, before: Decimal | None) -> Literal["fall", "rise"] | None:
    if number is None or before is None or number == before:
        return None
    return "fall" if number < before else "rise"
