"""Open this when a `[[thresholds]]` of a protocol is refused: what a rule on values must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.labs.analyte import Analyte, Dictionary
from monitor.labs.thresholds import Bounds, Change, Condition, Threshold, With
from monitor.protocols.faults import Fault, authority, said
from monitor.protocols.protocol import Protocol

_RULE = re.compile(r"(\{analyte\}|[a-z][a-z0-9_]*)(\.[a-z0-9_]+)?")


def threshold_faults(protocol: Protocol, dictionary: Dictionary) -> Iterator[Fault]:
    """Everything wrong with the thresholds: names, bounds that nothing can meet, steps that a test has not."""
    taken: dict[tuple[str, str, str], str] = {}
    for place, threshold in enumerate(protocol.thresholds):
        path = f"thresholds[{place}]"
        yield from _words(threshold, protocol, path=path)
        yield from _analyte_faults(threshold, dictionary, path=path)
        for number, condition in enumerate(threshold.when):
            yield from condition_faults(condition, threshold.analytes, dictionary, path=f"{path}.when[{number}]")
        for number, condition in enumerate(threshold.not_when):
            yield from condition_faults(condition, threshold.analytes, dictionary, path=f"{path}.not_when[{number}]")
        groups = [(f"together[{number}]", group) for number, group in enumerate(threshold.together)]
        for name, group in (*groups, ("unless", threshold.unless)):
            for number, other in enumerate(group):
                yield from _with_faults(other, dictionary, path=f"{path}.{name}[{number}]")
        for profile in protocol.profiles if threshold.profile is None else (threshold.profile,):
            for analyte in threshold.analytes:
                key = (profile, threshold.rule, analyte)
                if key in taken:
                    yield Fault(f"{path}.rule", f"{taken[key]} judges {analyte} under this name already")
                taken[key] = path


def _words(threshold: Threshold, protocol: Protocol, *, path: str) -> Iterator[Fault]:
    yield from said((f"{path}.{name}", getattr(threshold, name)) for name in ("action", "clears", "source"))
    if not _RULE.fullmatch(threshold.rule):
        yield Fault(f"{path}.rule", "a rule is named like platelets.below_100")
    yield from authority(threshold, path=path, profiles=protocol.profiles, profile=threshold.profile)
    if threshold.consecutive < 1:
        yield Fault(f"{path}.consecutive", "at least 1")
    if threshold.repeat is not None and threshold.repeat.overdue < 1:
        yield Fault(f"{path}.repeat.overdue", "a sample is overdue a day after its due date at the earliest")


def _analyte_faults(threshold: Threshold, dictionary: Dictionary, *, path: str) -> Iterator[Fault]:
    if not threshold.analytes:
        yield Fault(f"{path}.analytes", "judges nothing")
    if not threshold.when:
        yield Fault(f"{path}.when", "asks nothing")
    for number, name in enumerate(threshold.analytes):
        if analyte_of(dictionary, name) is None:
            yield Fault(f"{path}.analytes[{number}]", f"{name!r} is not in the dictionary")


def _with_faults(other: With, dictionary: Dictionary, *, path: str) -> Iterator[Fault]:
    if not other.analytes:
        yield Fault(f"{path}.analytes", "looks at nothing")
    for number, name in enumerate(other.analytes):
        if analyte_of(dictionary, name) is None:
            yield Fault(f"{path}.analytes[{number}]", f"{name!r} is not in the dictionary")
    yield from condition_faults(other.when, other.analytes, dictionary, path=f"{path}.when")


def condition_faults(
    condition: Condition, names: tuple[str, ...], dictionary: Dictionary, *, path: str
) -> Iterator[Fault]:
    """What is wrong with a condition on values of these analytes."""
    if all(getattr(condition, name) is None for name in condition.__struct_fields__ if name != "sustained"):
        yield Fault(path, "asks nothing")
    for member in ("bounds", "uln", "lln", "ratio"):
        bounds: Bounds | None = getattr(condition, member)
        if bounds is not None:
            yield from _bounds_faults(bounds, path=f"{path}.{member}")
    if condition.change is not None:
        yield from _change_faults(condition.change, path=f"{path}.change")
    if (condition.ratio_to is None) != (condition.ratio is None):
        yield Fault(f"{path}.ratio", "ratio and ratio_to go together")
    if condition.ratio_to is not None and analyte_of(dictionary, condition.ratio_to) is None:
        yield Fault(f"{path}.ratio_to", f"{condition.ratio_to!r} is not in the dictionary")
    for analyte in filter(None, (analyte_of(dictionary, name) for name in names)):
        yield from _step_faults(condition, analyte, path=path)


def _step_faults(condition: Condition, analyte: Analyte, *, path: str) -> Iterator[Fault]:
    members = {name: getattr(condition, name) for name in ("step_at_least", "step_at_most")}
    asked = {name: step for name, step in members.items() if step is not None}
    if analyte.is_ordinal != bool(asked):
        because = "has steps" if analyte.is_ordinal else "is a number"
        yield Fault(f"{path}.{next(iter(asked), 'step_at_least')}", f"{analyte.id} {because}")
        return
    for name, step in asked.items():
        if step not in {one.name for one in analyte.steps}:
            yield Fault(f"{path}.{name}", f"{analyte.id} has no such step")


def _bounds_faults(bounds: Bounds, *, path: str) -> Iterator[Fault]:
    low = [limit for limit in (bounds.above, bounds.at_least) if limit is not None]
    high = [limit for limit in (bounds.below, bounds.at_most) if limit is not None]
    if not low and not high:
        yield Fault(path, "no bound")
    if len(low) > 1 or len(high) > 1:
        yield Fault(path, "two bounds on one side")
    if low and high and max(low) >= min(high):
        yield Fault(path, "no number lies between these bounds")


def _change_faults(change: Change, *, path: str) -> Iterator[Fault]:
    given = [amount for amount in (change.percent, change.amount, change.times) if amount is not None]
    if len(given) != 1:
        yield Fault(path, "exactly one of percent, amount and times")
    if any(amount <= 0 for amount in given):
        yield Fault(path, "a change is more than nothing")
    if change.direction == "fall" and change.percent is not None and change.percent > 100:
        yield Fault(f"{path}.percent", "nothing falls by more than 100 %")
    if change.times is not None and change.times <= 1:
        yield Fault(f"{path}.times", "more than 1")
    if change.since == "baseline" and change.within is not None:
        yield Fault(f"{path}.within", "a baseline may lie as far back as it does")


def analyte_of(dictionary: Dictionary, name: str) -> Analyte | None:
    """Files name things by their id alone, which never changes."""
    analyte = dictionary.find(name)
    return analyte if analyte is not None and analyte.id == name else None
