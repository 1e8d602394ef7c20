"""What the thresholds of a protocol make of one value: findings, each with its numbers, its source and its remedy."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from monitor.labs.companions import Companions, companions
from monitor.labs.conditions import look, reference_of
from monitor.labs.explanations import explain
from monitor.labs.points import point_of
from monitor.labs.subject import Subject
from monitor.labs.thresholds import Condition, Repeat, Threshold, includes
from monitor.labs.values import Value
from monitor.terms import Level

EXACT_VALUE_NEEDED = "exact_value_needed"
_POLICY = "policy"


class Finding(msgspec.Struct, frozen=True):
    """Something that must be seen, or done, because of one value.

    `numbers` are what the rule compared, and what had to come with it, by name, as decimal strings and dates.
    `clears`: what would end it. `repeat`: the sample it asks for.
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
        condition, may_change = _ask(threshold, value, subject)
        if condition is None and not may_change:
            continue
        with_it = companions(threshold, value, subject)
        if with_it is None:
            continue
        if may_change:
            open_levels.append(threshold.level)
        if condition is not None:
            found.append(_finding(threshold, condition, with_it, value, subject))
    if not value.quantity.is_usable:
        found.append(_implausible(value))
    if value.quantity.comparator is not None and (open_levels or _range_is_open(value, subject)):
        found.append(_exact_value_needed(value, open_levels))
    if len(found) > 1:
        found.sort(key=_place)
    return tuple(found)


def _place(finding: Finding) -> tuple[int, str]:
    return finding.level.rank, finding.rule


def _ask(threshold: Threshold, value: Value, subject: Subject) -> tuple[Condition | None, bool]:
    """Which of its conditions the value itself meets, if any; and whether its exact number might change that."""
    may_change = False
    if not includes(threshold.sex, subject.sex):
        return None, may_change
    for condition in threshold.when:
        answer = look(condition, value, subject)
        may_change = may_change or answer.may_change
        if answer.is_met:
            return condition, may_change
    return None, may_change


def _range_is_open(value: Value, subject: Subject) -> bool:
    """Whether the number behind a comparator would change where the value lies in its range."""
    point = point_of(value.quantity)
    limits = reference_of(value, subject)
    if point is None:
        return False
    beyond = [limit for limit in (limits.low, limits.high) if limit is not None]
    return any(limit < point.number if point.side < 0 else limit > point.number for limit in beyond)


def _finding(
    threshold: Threshold, condition: Condition, with_it: Companions, value: Value, subject: Subject
) -> Finding:
    because, numbers = explain(condition, value, subject)
    numbers.update(with_it.numbers)
    return Finding(
        rule=threshold.rule,
        analyte=value.analyte,
        level=threshold.level,
        because=", ".join((because, *with_it.said)),
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
        because="outside the limits of what can be true or, by its size, in another unit; nobody has confirmed it",
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
