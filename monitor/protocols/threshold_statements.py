"""The rules on values in plain language, analyte by analyte: what a neurologist reads before accepting a protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.labs.thresholds import Bounds, Change, Condition, Repeat, Threshold, With
from monitor.protocols.phrases import days, listed
from monitor.protocols.statements import Block, Line
from monitor.protocols.stream_statements import us_authority


def threshold_block(threshold: Threshold) -> Block:
    """One rule: what it looks at, when it is met, how pressing it is, and what is to be done."""
    name = threshold.rule.replace("{analyte}", listed(threshold.analytes))
    return Block(f"{name} ({threshold.level})", tuple(_lines(threshold)))


def _lines(threshold: Threshold) -> Iterator[Line]:
    met = listed_or(condition(one) for one in threshold.when)
    yield Line("met", f"{listed(threshold.analytes)} {met}", threshold.source)
    if threshold.not_when:
        yield Line("but not", f"where it {listed_or(condition(one) for one in threshold.not_when)}")
    for group in threshold.together:
        yield Line("and", listed_or(_with(one) for one in group))
    if threshold.signs is not None:
        yield Line("and", f"a sign within {threshold.signs.within}: {', '.join(threshold.signs.signs)}")
    if threshold.consecutive > 1:
        yield Line("and", f"{threshold.consecutive} times in a row, {threshold.spacing} apart")
    if threshold.unless:
        yield Line("unless", listed_or(_with(one) for one in threshold.unless))
    if threshold.sex is not None or threshold.profile is not None:
        whom = [word for word in (threshold.sex, threshold.profile) if word is not None]
        yield Line("for", listed(whom))
    yield Line("do", threshold.action)
    yield Line("cleared by", threshold.clears)
    if threshold.repeat is not None:
        yield Line("repeat", _repeat(threshold.repeat))
    yield from us_authority(threshold.us_source)


def condition(asked: Condition) -> str:
    """What a value must be: `below 100`, `above 3 x ULN`, `fell by 50 % since the value before`."""
    said = [text for text in _parts(asked) if text]
    if asked.sustained is not None:
        said.append(f"for longer than {asked.sustained}")
    return " and ".join(said)


def _parts(asked: Condition) -> Iterator[str]:
    if asked.change is not None:
        yield _change(asked.change)
    if asked.bounds is not None:
        yield _bounds(asked.bounds)
    if asked.uln is not None:
        yield _bounds(asked.uln, of="x ULN")
    if asked.lln is not None:
        yield _bounds(asked.lln, of="x LLN")
    if asked.outside is not None:
        yield "outside the range" if asked.outside == "either" else f"{asked.outside} the range"
    if asked.step_at_least is not None:
        yield f"{asked.step_at_least} or more"
    if asked.step_at_most is not None:
        yield f"{asked.step_at_most} or less"
    if asked.ratio is not None:
        yield f"{_bounds(asked.ratio, of=f'x {asked.ratio_to} of the same day')}"


def _bounds(bounds: Bounds, *, of: str = "") -> str:
    said = []
    for side in ("above", "at_least", "below", "at_most"):
        limit = getattr(bounds, side)
        if limit is not None:
            said.append(f"{side.replace('_', ' ')} {limit} {of}".rstrip())
    return " and ".join(said)


def _change(change: Change) -> str:
    verb = "fell" if change.direction == "fall" else "rose"
    amount = f"by {change.percent} %" if change.percent is not None else f"by {change.amount}"
    if change.times is not None:
        amount = f"by a factor of {change.times}"
    since = "the value before" if change.since == "previous" else "the baseline"
    within = "" if change.within is None else f" within {change.within}"
    return f"{verb} {amount} or more since {since}{within}"


def _with(other: With) -> str:
    near = "of the same day" if not (other.within.days or other.within.months) else f"within {other.within}"
    unknown = ", or unknown" if other.unknown_counts else ""
    return f"{listed_or(other.analytes)} {near} {condition(other.when)}{unknown}"


def _repeat(repeat: Repeat) -> str:
    when = "on the same day" if not (repeat.after.days or repeat.after.months) else f"within {repeat.after}"
    rungs = repeat.rungs
    steps = [
        f"{who} after {days(number)}"
        for who, number in (("nurse", rungs.nurse), ("neurologist", rungs.neurologist), ("critical", rungs.critical))
        if number is not None
    ]
    once = "; the first time only" if repeat.only_first else ""
    return f"{when}, overdue after {days(repeat.overdue)}; {', '.join(steps) or 'nobody is alerted'}{once}"


def listed_or(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *before, last = words
    return f"{', '.join(before)} or {last}" if before else last
