"""What must come with a value for a rule to be met: other values, signs, values before it; or what explains it away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from monitor.labs.conditions import look
from monitor.labs.explanations import shown
from monitor.labs.subject import Subject
from monitor.labs.thresholds import Threshold, With
from monitor.labs.values import Value
from monitor.spans import Span


class Companions(msgspec.Struct, frozen=True):
    """What came with a value: in words, one for each, and as numbers by name, the days as `<name>_on`."""

    said: tuple[str, ...] = ()
    numbers: Mapping[str, str] = MappingProxyType({})


NONE_NEEDED = Companions()


def companions(threshold: Threshold, value: Value, subject: Subject) -> Companions | None:
    """All that must come with the value; None where something of it is missing, or something explains the value away.

    Any value in force that is near enough may be the one that is asked for, preliminary or implausible as it may be
    (H09, H16): an older normal one beside it reassures nobody. To explain a value away, all that are near enough and
    count must agree. Primitives P13 and P19. Raises nothing.
    """
    if any(look(condition, value, subject).is_met for condition in threshold.not_when):
        return None
    if threshold.consecutive > 1 and not _is_consecutive(threshold, value, subject):
        return None
    if threshold.unless and any(_explains(one, value, subject) for one in threshold.unless):
        return None
    if threshold.signs is None and not threshold.together:
        return NONE_NEEDED
    signs = _signs(threshold, value, subject)
    if threshold.signs is not None and not signs:
        return None
    said = [f"with {sign.replace('_', ' ')} noticed on {day}" for sign, day in signs.items()]
    numbers = {f"{sign}_on": day.isoformat() for sign, day in signs.items()}
    for group in threshold.together:
        others = [found for one in group if (found := _stands_with(one, value, subject)) is not None]
        if not others:
            return None
        for other in max(others, key=len):  # one that is known says more than one that nobody measured
            said.append(f"with {other.analyte} {shown(other)} of {other.collected_on}")
            numbers |= {other.analyte: shown(other), f"{other.analyte}_on": other.collected_on.isoformat()}
    return Companions(tuple(said), numbers)


def _signs(threshold: Threshold, value: Value, subject: Subject) -> dict[str, dt.date]:
    """Of the signs that the rule asks for, those noticed near enough to the sample: the last such day of each."""
    if threshold.signs is None or not subject.signs:
        return {}
    found: dict[str, dt.date] = {}
    for sign in threshold.signs.signs:
        days = subject.signs.get(sign, ())
        near = [day for day in days if are_within(threshold.signs.within, day, value.collected_on)]
        if near:
            found[sign] = max(near)
    return found


def _stands_with(one: With, value: Value, subject: Subject) -> tuple[Value, ...] | None:
    """The nearest value that meets its condition; empty where unknown is as good as met."""
    near = [other for analyte in one.analytes for other in _near(analyte, one.within, value, subject)]
    met = [other for other in near if look(one.when, other, subject).is_met]
    if met:
        return (min(reversed(met), key=lambda other: abs((other.collected_on - value.collected_on).days)),)
    return () if one.unknown_counts and not any(other.is_usable for other in near) else None


def _explains(one: With, value: Value, subject: Subject) -> bool:
    """Whether every usable value of one of the analytes agrees; where there is none, whether unknown is as good."""
    known = [
        [other for other in _near(analyte, one.within, value, subject) if other.is_usable] for analyte in one.analytes
    ]
    if not any(known):
        return one.unknown_counts
    return any(others and all(look(one.when, other, subject).is_met for other in others) for others in known)


def _near(analyte: str, within: Span, value: Value, subject: Subject) -> list[Value]:
    day = value.collected_on
    return [other for other in subject.chart.of(analyte) if are_within(within, other.collected_on, day)]


def are_within(within: Span, one: dt.date, other: dt.date) -> bool:
    """Whether two days lie no further apart than that, whichever comes first."""
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
