"""What a condition of a threshold means for one value: which limits it must respect, and whether it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from monitor.labs.analyte import Ordinal
from monitor.labs.points import Point, point_of
from monitor.labs.ranges import Reference, reference
from monitor.labs.subject import Subject
from monitor.labs.thresholds import Bounds, Change, Condition, Side
from monitor.labs.values import Value

_HUNDRED = Decimal(100)


class Demand(NamedTuple):
    """One limit that a value must respect."""

    side: Side
    limit: Decimal

    def is_met(self, point: Point) -> bool:
        """Whether the point respects it."""
        match self.side:
            case "above":
                return point.is_above(self.limit)
            case "at_least":
                return not point.is_below(self.limit)
            case "below":
                return point.is_below(self.limit)
            case _:
                return not point.is_above(self.limit)

    def may_turn(self, point: Point) -> bool:
        """Whether another number that a comparator allows would be answered otherwise."""
        return (point.side < 0 and self.limit < point.number) or (point.side > 0 and self.limit > point.number)


class Answer(NamedTuple):
    """Whether a condition is met and, for a value that is only bounded, whether its number might change that."""

    is_met: bool
    may_change: bool = False


NO = Answer(is_met=False)
YES = Answer(is_met=True)


def look(condition: Condition, value: Value, subject: Subject) -> Answer:
    """Whether the value meets the condition, all of its members together; raises nothing.

    What a member needs and nobody knows (a previous value, a limit) leaves it unmet. Primitives P17 to P19.
    """
    quantity = value.quantity
    if isinstance(quantity.value, Ordinal):
        return _look_at_step(condition, quantity.value, value, subject)
    if quantity.comparator is None and condition.bounds is not None and _asks_for_nothing_else(condition):
        return YES if _is_inside(condition.bounds, quantity.value) else NO  # most rules, at a fraction of the time
    point = point_of(quantity)
    alternatives = None if point is None else demands(condition, value, subject)
    if point is None or alternatives is None:
        return NO
    answers = [_weigh(alternative, point) for alternative in alternatives]
    found = next((answer for answer in answers if answer.is_met), NO)
    if found.is_met and condition.sustained is not None and not _is_sustained(condition, value, subject):
        return NO
    return Answer(found.is_met, any(answer.may_change for answer in answers))


def _asks_for_nothing_else(condition: Condition) -> bool:
    """Whether its bounds are all that it asks for."""
    return (
        condition.change is None
        and condition.uln is None
        and condition.lln is None
        and condition.outside is None
        and condition.ratio_to is None
        and condition.sustained is None
    )


def _is_inside(bounds: Bounds, number: Decimal) -> bool:
    return (
        (bounds.below is None or number < bounds.below)
        and (bounds.at_least is None or number >= bounds.at_least)
        and (bounds.above is None or number > bounds.above)
        and (bounds.at_most is None or number <= bounds.at_most)
    )


def demands(condition: Condition, value: Value, subject: Subject) -> list[list[Demand]] | None:
    """The limits in the canonical unit, as alternatives; None where the condition cannot be asked of this value."""
    found: list[Demand] = []
    if condition.bounds is not None:
        found += _bounds(condition.bounds)
    if condition.change is not None:
        limit = change_limit(condition.change, value, subject)
        if limit is None:
            return None
        found.append(Demand("at_most" if condition.change.direction == "fall" else "at_least", limit))
    if condition.ratio_to is not None and condition.ratio is not None:
        other = same_day(condition.ratio_to, value, subject)
        if other is None:
            return None
        found += _bounds(condition.ratio, times=other)
    if condition.uln is None and condition.lln is None and condition.outside is None:
        return [found]
    return _by_reference(condition, found, reference_of(value, subject))


def _by_reference(condition: Condition, found: list[Demand], limits: Reference) -> list[list[Demand]] | None:
    for bounds, limit in ((condition.uln, limits.high), (condition.lln, limits.low)):
        if bounds is not None:
            if limit is None:
                return None
            found += _bounds(bounds, times=limit)
    if condition.outside is None:
        return [found]
    sides: list[list[Demand]] = []
    if condition.outside != "above" and limits.low is not None:
        sides.append([*found, Demand("below", limits.low)])
    if condition.outside != "below" and limits.high is not None:
        sides.append([*found, Demand("above", limits.high)])
    return sides or None


def reference_of(value: Value, subject: Subject) -> Reference:
    """The limits between which the value would be normal."""
    analyte = subject.dictionary.find(value.analyte)
    assert analyte is not None  # noqa: S101 - a value was read with its analyte
    age = subject.age_on(value.collected_on)
    return reference(analyte, lower=value.lower, upper=value.upper, sex=subject.sex, age=age)


def change_limit(change: Change, value: Value, subject: Subject) -> Decimal | None:
    """The number that must be reached for the change to be as large as that; None where there is nothing to compare."""
    start = start_of(change, value, subject)
    if start is None or start <= 0:
        return None
    is_fall = change.direction == "fall"
    if change.percent is not None:
        return start * (_HUNDRED - change.percent if is_fall else _HUNDRED + change.percent) / _HUNDRED
    if change.amount is not None:
        return start - change.amount if is_fall else start + change.amount
    if change.times is not None:
        return start / change.times if is_fall else start * change.times
    return None


def start_of(change: Change, value: Value, subject: Subject) -> Decimal | None:
    """The number from which a change is counted; None where there is none, or it lies too far back."""
    if change.since == "baseline":
        return subject.baselines.get(value.analyte)
    previous = previous_of(change, value, subject)
    if previous is None or not isinstance(previous.quantity.value, Decimal):
        return None
    if change.within is not None and value.collected_on > change.within.after(previous.collected_on):
        return None
    return previous.quantity.value


def previous_of(change: Change, value: Value, subject: Subject) -> Value | None:
    """The value before; of several of one day that nobody can put in order, the one from which it changed most."""
    before = subject.chart.all_before(value)
    if len(before) < 2:
        return before[0] if before else None
    worst = max if change.direction == "fall" else min
    return worst(before, key=lambda other: other.quantity.value)


def same_day(analyte: str, value: Value, subject: Subject) -> Decimal | None:
    """The number of another analyte of the same day, the largest if there are several."""
    found = [
        other.quantity.value
        for other in subject.chart.of(analyte)
        if other.is_usable and other.collected_on == value.collected_on
    ]
    return max((number for number in found if isinstance(number, Decimal)), default=None)


def sustained_since(condition: Condition, value: Value, subject: Subject) -> dt.date:
    """The day of the first of the usable values in a row, up to this one, that meet the condition."""
    first = value.collected_on
    for earlier in _earlier(value, subject):
        alternatives = demands(condition, earlier, subject)
        point = point_of(earlier.quantity)
        if point is None or not any(_weigh(one, point).is_met for one in alternatives or ()):
            break
        first = earlier.collected_on
    return first


def _is_sustained(condition: Condition, value: Value, subject: Subject) -> bool:
    if condition.sustained is None:
        return True
    return value.collected_on > condition.sustained.after(sustained_since(condition, value, subject))


def _earlier(value: Value, subject: Subject) -> Iterator[Value]:
    """The usable values before this one, newest first."""
    for other in reversed(subject.chart.of(value.analyte)):
        if other.is_usable and other is not value and other.collected_on < value.collected_on:
            yield other


def _bounds(bounds: Bounds, *, times: Decimal | None = None) -> list[Demand]:
    return [Demand(side, limit if times is None else limit * times) for side, limit in bounds.given()]


def _weigh(alternative: list[Demand], point: Point) -> Answer:
    """Met where every demand is; open where those that are decided are met and another is not."""
    if point.side == 0:
        return Answer(all(demand.is_met(point) for demand in alternative))
    is_met, may_change = True, False
    for demand in alternative:
        if demand.may_turn(point):
            may_change = True
            is_met = is_met and demand.is_met(point)
        elif not demand.is_met(point):
            return NO
    return Answer(is_met, may_change)


def _look_at_step(condition: Condition, step: Ordinal, value: Value, subject: Subject) -> Answer:
    analyte = subject.dictionary.find(value.analyte)
    if analyte is None:
        return NO
    least, most = (analyte.levels.get(name or "") for name in (condition.step_at_least, condition.step_at_most))
    if least is None and most is None:
        return NO
    return YES if (least is None or step >= least) and (most is None or step <= most) else NO
