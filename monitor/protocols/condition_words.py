"""A condition on a value in plain language, each number with the unit in which the dictionary keeps the analyte."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from monitor.labs.thresholds import Bounds, Change, Condition
from monitor.protocols.analyte_words import AnalyteWords


def condition(asked: Condition, analyte: str, words: AnalyteWords) -> str:
    """What a value must be: `below 100 × 10⁹/L`, `above 3 x ULN`, `fell by 50 % since the value before`, `is yes`."""
    said = [text for text in _parts(asked, analyte, words) if text]
    if asked.sustained is not None:
        said.append(f"for longer than {asked.sustained}")
    return " and ".join(said)


def _parts(asked: Condition, analyte: str, words: AnalyteWords) -> Iterator[str]:
    if asked.change is not None:
        yield _change(asked.change, analyte, words)
    if asked.bounds is not None:
        yield " and ".join(f"{side} {words.amount(limit, analyte)}" for side, limit in _given(asked.bounds))
    if asked.uln is not None:
        yield _times(asked.uln, "x ULN")
    if asked.lln is not None:
        yield _times(asked.lln, "x LLN")
    if asked.outside is not None:
        yield "outside the range" if asked.outside == "either" else f"{asked.outside} the range"
    steps = _steps(asked, analyte, words)
    if steps:
        yield f"is {steps}"
    if asked.ratio is not None or asked.ratio_to is not None:
        other = "nothing" if asked.ratio_to is None else words.name(asked.ratio_to)
        yield _times(asked.ratio or Bounds(), f"x {other} of the same day")


def _times(bounds: Bounds, of: str) -> str:
    return " and ".join(f"{side} {limit} {of}" for side, limit in _given(bounds))


def _given(bounds: Bounds) -> Iterator[tuple[str, Decimal]]:
    return ((side.replace("_", " "), limit) for side, limit in bounds.given())


def _steps(asked: Condition, analyte: str, words: AnalyteWords) -> str:
    """`1+ or more`; `yes` where there is no more than that."""
    found = words.find(analyte)
    names = () if found is None else tuple(step.name for step in found.steps)
    said = []
    if asked.step_at_least is not None:
        said.append(f"{asked.step_at_least}{'' if names[-1:] == (asked.step_at_least,) else ' or more'}")
    if asked.step_at_most is not None:
        said.append(f"{asked.step_at_most}{'' if names[:1] == (asked.step_at_most,) else ' or less'}")
    return " and ".join(said)


def _change(change: Change, analyte: str, words: AnalyteWords) -> str:
    verb = "fell" if change.direction == "fall" else "rose"
    amounts = [
        None if change.percent is None else f"{change.percent} %",
        None if change.amount is None else words.amount(change.amount, analyte),
        None if change.times is None else f"a factor of {change.times}",
    ]
    size = " and ".join(f"by {amount}" for amount in amounts if amount is not None)
    since = "the value before" if change.since == "previous" else "the baseline"
    within = "" if change.within is None else f" within {change.within}"
    return f"{verb} {size} or more since {since}{within}"
