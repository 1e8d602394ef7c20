"""The sentences of a trend: what each point says when it is pointed at or read aloud, and what the whole shows."""

from __future__ import annotations

from decimal import Decimal

from monitor.drawing import language as spoken
from monitor.drawing.language import Language, said
from monitor.drawing.shapes import kinds_of
from monitor.labs.action_lines import ActionLine
from monitor.labs.ranges import Range
from monitor.labs.trends import DoseMark, Failure, Trend, TrendPoint

_TELLING, _ABSURD = Decimal(30), Decimal(1000)  # percent: a smaller change is seen, a larger one says nothing


def title_of(trend: Trend, language: Language) -> str:
    """The analyte and its unit."""
    name = trend.name_fr if language == "fr" else trend.name_en
    unit = spoken.unit(trend.unit, language)
    return f"{name} ({unit})" if unit else name


def period_of(trend: Trend, language: Language) -> str:
    """The period, and how many values it holds."""
    count = len(trend.points)
    values = said("no values" if count == 0 else "value" if count == 1 else "values", language)
    start = "" if language == "en" else "du "
    first, last = (spoken.day(day, language) for day in (trend.from_on, trend.until_on))
    period = f"{start}{first} {said('to', language)} {last}"
    return f"{period} · {values}" if count == 0 else f"{period} · {count} {values}"


def value_of(point: TrendPoint, language: Language) -> str:
    """The value as it is read, with its comparator."""
    shown = spoken.number(point.value, language) if point.value is not None else point.step or ""
    return shown if point.comparator is None else f"{point.comparator} {shown}"


def label_of(point: TrendPoint, trend: Trend, language: Language, *, is_latest: bool) -> str:
    """What is written beside a point: its value and the change that matters, from the baseline or the value before."""
    shown = value_of(point, language)
    if point.is_implausible:
        return f"{shown} ?"
    if is_latest and trend.slope_per_month is not None:
        return f"{shown} ({spoken.signed(trend.slope_per_month, language)} {said('a month', language)})"
    if is_latest and trend.shows_baseline and point.baseline_percent is not None:
        return f"{shown} ({spoken.percent(point.baseline_percent, language)} {said('from baseline', language)})"
    if point.change_percent is not None and _TELLING <= abs(point.change_percent) < _ABSURD:
        return f"{shown} ({spoken.percent(point.change_percent, language)})"
    return shown


def point_title(point: TrendPoint, trend: Trend, language: Language) -> str:
    """Everything about one point, in one line."""
    unit = spoken.unit(trend.unit, language)
    told = [f"{spoken.day(point.on, language)}: {value_of(point, language)}{f' {unit}' if unit else ''}"]
    if point.range is not Range.UNKNOWN:
        limits = " – ".join(_limit(limit, language) for limit in (point.lower, point.upper))
        whose = said("usual" if point.uses_usual_range else "laboratory", language)
        told.append(f"{said(point.range.value, language)} ({whose} {limits})")
    told += [said(kind, language) for kind in kinds_of(point) if not kind.endswith("its number")]
    if point.change_percent is not None:
        told.append(f"{spoken.percent(point.change_percent, language)} {said('from the value before', language)}")
    if point.slope_per_month is not None:
        told.append(f"{spoken.signed(point.slope_per_month, language)} {said('a month', language)}")
    if point.baseline_percent is not None:
        told.append(f"{spoken.percent(point.baseline_percent, language)} {said('from baseline', language)}")
    return ", ".join([*told, *point.rules])


def line_label(line: ActionLine, language: Language) -> str:
    """The level of an action line, and the number at which it begins."""
    if line.step is not None:
        return f"{said(line.level.value, language)} ≥ {line.step}"
    value = spoken.number(line.spans[-1].value, language)
    sign = spoken.side(line.side)
    if line.times is None or line.of is None:
        return f"{said(line.level.value, language)} {sign} {value}"
    limit = said(line.of.upper(), language)
    times = limit if line.times == 1 else f"{spoken.number(line.times, language)} × {limit}"
    return f"{said(line.level.value, language)} {sign} {times} ({value})"


def dose_title(dose: DoseMark, language: Language) -> str:
    """A dose and its day."""
    told = f"{said('dose', language)}, {spoken.day(dose.on, language)}"
    if dose.course is None:
        return told
    day = "" if dose.day is None else f", {said('day', language)} {dose.day}"
    return f"{told} ({said('course', language)} {dose.course}{day})"


def failure_title(failure: Failure, language: Language) -> str:
    """A sample that gave nothing, its day and why."""
    return f"{said('no result', language)}, {spoken.day(failure.on, language)}: {said(failure.reason.value, language)}"


def description_of(trend: Trend, language: Language) -> str:
    """What the chart shows, for whoever hears it: the period, the extremes, the latest value, the action lines."""
    told = [period_of(trend, language)]
    numbers = [point for point in trend.points if point.value is not None and not point.is_implausible]
    if numbers:
        lowest = min(numbers, key=lambda point: point.value or Decimal(0))
        highest = max(numbers, key=lambda point: point.value or Decimal(0))
        told += [f"{said(word, language)}: {value_of(point, language)}, {spoken.day(point.on, language)}"
                 for word, point in (("lowest", lowest), ("highest", highest))]  # fmt: skip
    if trend.points:
        told.append(f"{said('latest', language)}: {point_title(trend.points[-1], trend, language)}")
    told += [line_label(line, language) for line in trend.lines]
    return ". ".join(told) + "."


def _limit(limit: Decimal | None, language: Language) -> str:
    return "…" if limit is None else spoken.number(limit, language)
