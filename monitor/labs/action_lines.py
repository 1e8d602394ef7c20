"""Where the action thresholds of one analyte lie on the axis of its values, as lines that can be drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from monitor.labs.subject import Rulebook
from monitor.labs.thresholds import Bounds, Condition, Side, Threshold, includes
from monitor.terms import Level

Limit = Literal["lln", "uln"]


class LimitsSpan(msgspec.Struct, frozen=True):
    """The limits between which a value is normal, from one sample until the next one with other limits.

    Canonical unit; `is_fallback`: the usual ones, since the laboratory printed none.
    """

    from_on: dt.date
    until_on: dt.date
    lower: Decimal | None
    upper: Decimal | None
    is_fallback: bool


class LineSpan(msgspec.Struct, frozen=True):
    """Where a line lies from one day to another, in the canonical unit."""

    from_on: dt.date
    until_on: dt.date
    value: Decimal


class ActionLine(msgspec.Struct, frozen=True):
    """A number beyond which a rule asks for something; `side` says on which side of it.

    `times` of the upper or lower limit where it moves with the laboratory (`of`), else one number for all days. `step`
    instead of numbers for a test that has steps.
    """

    rule: str
    level: Level
    side: Side
    of: Limit | None
    times: Decimal | None
    step: str | None
    action: str
    spans: tuple[LineSpan, ...]


def action_lines(
    analyte: str,
    rules: Rulebook,
    limits: Sequence[LimitsSpan],
    *,
    sex: str | None,
    from_on: dt.date,
    until_on: dt.date,
) -> tuple[ActionLine, ...]:
    """The lines of one analyte, each number once with the gravest rule that begins there, the gravest line first.

    Only what a number alone decides: no rule that asks for a change, a duration, several values in a row, a sign or
    another analyte; what may be explained away (`unless`, `not_when`) has its line. Multiples of a limit have one
    where that limit is known. Raises nothing. Source: the thresholds of the protocol.
    """
    gravest: dict[tuple[Limit | None, Decimal | str], tuple[Threshold, Side]] = {}
    for threshold in rules.of(analyte):
        if not includes(threshold.sex, sex) or _asks_for_company(threshold):
            continue
        for of, side, number in _edges(threshold.when):
            found = gravest.get((of, number))
            if found is None or threshold.level.rank < found[0].level.rank:
                gravest[of, number] = (threshold, side)
    lines = [
        _line(threshold, side, of, number, _spans(of, number, limits, from_on=from_on, until_on=until_on))
        for (of, number), (threshold, side) in gravest.items()
    ]
    drawn = (line for line in lines if line.spans or line.step is not None)
    return tuple(sorted(drawn, key=lambda line: (line.level.rank, line.rule, line.side)))


def _asks_for_company(threshold: Threshold) -> bool:
    return threshold.signs is not None or bool(threshold.together) or threshold.consecutive > 1


def _edges(conditions: Iterable[Condition]) -> Iterator[tuple[Limit | None, Side, Decimal | str]]:
    """The numbers and the steps at which one of the conditions begins or ends, if that is all it asks for."""
    for condition in conditions:
        if condition.step_at_least is not None:
            yield None, "at_least", condition.step_at_least
        asked: list[tuple[Limit | None, Bounds | None]] = [
            (None, condition.bounds), ("uln", condition.uln), ("lln", condition.lln),
        ]  # fmt: skip
        given = [(of, bounds) for of, bounds in asked if bounds is not None]
        asks_for_more = (condition.change, condition.ratio_to, condition.sustained) != (None, None, None)
        if asks_for_more or len(given) != 1:
            continue
        of, bounds = given[0]
        for side, number in bounds.given():
            yield of, side, number


def _line(
    threshold: Threshold, side: Side, of: Limit | None, number: Decimal | str, spans: tuple[LineSpan, ...]
) -> ActionLine:
    return ActionLine(
        rule=threshold.rule,
        level=threshold.level,
        side=side,
        of=of,
        times=number if of is not None and isinstance(number, Decimal) else None,
        step=number if isinstance(number, str) else None,
        action=threshold.action,
        spans=spans,
    )


def _spans(
    of: Limit | None, number: Decimal | str, limits: Sequence[LimitsSpan], *, from_on: dt.date, until_on: dt.date
) -> tuple[LineSpan, ...]:
    if isinstance(number, str):
        return ()
    if of is None:
        return (LineSpan(from_on, until_on, number),)
    known = ((span, span.upper if of == "uln" else span.lower) for span in limits)
    return tuple(LineSpan(span.from_on, span.until_on, number * limit) for span, limit in known if limit is not None)
