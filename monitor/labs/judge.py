"""What the thresholds of a protocol make of one value: findings, each with its numbers, its source and its remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from monitor.labs.conditions import NO, Answer, look, reference_of
from monitor.labs.explanations import explain
from monitor.labs.points import point_of
from monitor.labs.subject import Subject
from monitor.labs.thresholds import Condition, Repeat, Threshold, With
from monitor.labs.values import Value
from monitor.spans import Span
from monitor.terms import Level

EXACT_VALUE_NEEDED = "exact_value_needed"
_POLICY = "policy"


class Finding(msgspec.Struct, frozen=True):
    """Something that must be seen, or done, because of one value.

    `numbers` are what the rule compared, by name, as decimal strings and dates. `clears`: what would end it. `repeat`:
    the sample it asks for.
    """

    rule: str
    analyte: str
    level: Level
    because: str
    action: str
    source: str
    clears: str
    numbers: Mapping[str, str]
    repeat: Repeat | None = None


def judge(value: Value, subject: Subject) -> tuple[Finding, ...]:
    """Every finding of one value, the most pressing first, then by rule; none where there is nothing to say.

    Exact: on the canonical value before any rounding. A comparator is judged just beyond its bound; where the number
    behind it would change the answer, `exact_value_needed` says so. A value outside the hard limits that nobody
    confirmed is judged all the same, and has the finding `<analyte>.implausible`. Raises nothing.
    """
    found: list[Finding] = []
    open_levels: list[Level] = []
    for threshold in subject.rules.of(value.analyte):
        answer, condition = _ask(threshold, value, subject)
        if answer.may_change:
            open_levels.append(threshold.level)
        if answer.is_met and condition is not None:
            found.append(_finding(threshold, condition, value, subject))
    if not value.quantity.is_usable:
        found.append(_implausible(value))
    if value.quantity.comparator is not None and (open_levels or _range_is_open(value, subject)):
        found.append(_exact_value_needed(value, open_levels))
    if len(found) > 1:
        found.sort(key=_place)
    return tuple(found)


def _place(finding: Finding) -> tuple[int, str]:
    return finding.level.rank, finding.rule


def _ask(threshold: Threshold, value: Value, subject: Subject) -> tuple[Answer, Condition | None]:
    """Whether the rule is met, and by which of its conditions."""
    if threshold.sex is not None and threshold.sex != subject.sex:
        return NO, None
    met: Condition | None = None
    may_change = False
    for condition in threshold.when:
        answer = look(condition, value, subject)
        may_change = may_change or answer.may_change
        if answer.is_met:
            met = condition
            break
    if met is None and not may_change:
        return NO, None
    if not _is_accompanied(threshold, value, subject):
        return NO, None
    return Answer(met is not None, may_change), met


def _is_accompanied(threshold: Threshold, value: Value, subject: Subject) -> bool:
    """Whether all that must come with the value does, and nothing explains it away."""
    if any(look(condition, value, subject).is_met for condition in threshold.not_when):
        return False
    if threshold.consecutive > 1 and not _is_consecutive(threshold, value, subject):
        return False
    if threshold.signs is not None:
        days = [day for sign in threshold.signs.signs for day in subject.signs.get(sign, ())]
        if not any(_are_within(threshold.signs.within, day, value.collected_on) for day in days):
            return False
    for group in threshold.together:
        if not any(_stands_with(one, value, subject) for one in group):
            return False
    return not any(_stands_with(one, value, subject) for one in threshold.unless)


def _stands_with(one: With, value: Value, subject: Subject) -> bool:
    """Whether another analyte meets its condition close enough to the value."""
    is_known = False
    for analyte in one.analytes:
        other = subject.chart.nearest(analyte, to=value.collected_on)
        if other is None or not _are_within(one.within, other.collected_on, value.collected_on):
            continue
        is_known = True
        if look(one.when, other, subject).is_met:
            return True
    return one.unknown_counts and not is_known


def _are_within(within: Span, one: dt.date, other: dt.date) -> bool:
    return max(one, other) <= within.after(min(one, other))


def _is_consecutive(threshold: Threshold, value: Value, subject: Subject) -> bool:
    """Whether so many usable values in a row meet the rule, this one the last, each far enough from the next."""
    left, last = threshold.consecutive - 1, value
    for other in reversed(subject.chart.of(value.analyte)):
        if not other.is_usable or other.collected_on >= last.collected_on:
            continue
        if threshold.spacing.after(other.collected_on) > last.collected_on:
            continue
        if not any(look(condition, other, subject).is_met for condition in threshold.when):
            return False
        left, last = left - 1, other
        if left == 0:
            return True
    return left == 0


def _range_is_open(value: Value, subject: Subject) -> bool:
    """Whether the number behind a comparator would change where the value lies in its range."""
    point = point_of(value.quantity)
    limits = reference_of(value, subject)
    if point is None:
        return False
    beyond = [limit for limit in (limits.low, limits.high) if limit is not None]
    return any(limit < point.number if point.side < 0 else limit > point.number for limit in beyond)


def _finding(threshold: Threshold, condition: Condition, value: Value, subject: Subject) -> Finding:
    because, numbers = explain(condition, value, subject)
    return Finding(
        rule=threshold.rule,
        analyte=value.analyte,
        level=threshold.level,
        because=because,
        action=threshold.action,
        source=threshold.source,
        clears=threshold.clears,
        numbers=numbers,
        repeat=threshold.repeat,
    )


def _implausible(value: Value) -> Finding:
    return Finding(
        rule=f"{value.analyte}.implausible",
        analyte=value.analyte,
        level=Level.URGENT,
        because="outside the limits of what can be true, and nobody has confirmed it",
        action="check the sample, the unit and the patient; confirm it or correct it",
        source=_POLICY,
        clears="the value is confirmed or corrected, or a later plausible one comes",
        numbers={"value": value.quantity.text, "unit": value.quantity.unit or ""},
    )


def _exact_value_needed(value: Value, open_levels: list[Level]) -> Finding:
    """As pressing as the worst that may be behind the sign, but never critical: what is surely critical is found."""
    worst = min((level.rank for level in open_levels), default=Level.INFO.rank)
    level = next(one for one in (Level.URGENT, Level.SOON, Level.INFO) if one.rank >= worst)
    sign = value.quantity.comparator or ""
    return Finding(
        rule=EXACT_VALUE_NEEDED,
        analyte=value.analyte,
        level=level,
        because=f"only known to be {sign} {value.quantity.text}, and the number behind it would change the answer",
        action="ask the laboratory for the number, or repeat the test",
        source=_POLICY,
        clears="a later value with its number",
        numbers={"value": value.quantity.text, "comparator": str(sign), "unit": value.quantity.unit or ""},
    )
