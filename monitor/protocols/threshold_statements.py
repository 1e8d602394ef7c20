"""The rules on values in plain language, analyte by analyte: what a neurologist reads before accepting a protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.labs.thresholds import Condition, Repeat, Threshold, With
from monitor.protocols.analyte_words import AnalyteWords
from monitor.protocols.condition_words import condition
from monitor.protocols.phrases import days, listed, listed_or, of_sex, reminders
from monitor.protocols.statements import Block, Line
from monitor.protocols.stream_statements import us_authority


def threshold_block(threshold: Threshold, words: AnalyteWords) -> Block:
    """One rule: what it looks at, when it is met, how pressing it is, and what is to be done."""
    name = threshold.rule.replace("{analyte}", ", ".join(threshold.analytes))
    return Block(f"{name} ({threshold.level})", tuple(_lines(threshold, words)))


def _lines(threshold: Threshold, words: AnalyteWords) -> Iterator[Line]:
    for said in _of_each(threshold.analytes, threshold.when, words):
        yield Line("met", said, threshold.source)
    for said in _of_each(threshold.analytes, threshold.not_when, words):
        yield Line("but not", f"where {said}")
    yield from _company(threshold, words)
    whom = [] if threshold.sex is None else [of_sex(threshold.sex)]
    if threshold.profile is not None:
        whom.append(f"the {threshold.profile.upper()} label")
    if whom:
        yield Line("for", ", ".join(whom))
    yield Line("do", threshold.action)
    yield Line("cleared by", threshold.clears)
    if threshold.repeat is not None:
        yield Line("repeat", _repeat(threshold.repeat))
    yield from us_authority(threshold.us_source)


def _company(threshold: Threshold, words: AnalyteWords) -> Iterator[Line]:
    """What must come with the value, or must not."""
    for group in threshold.together:
        yield Line("and", listed_or(_with(one, words) for one in group))
    if threshold.signs is not None:
        names = listed_or(name.replace("_", " ") for name in threshold.signs.signs)
        yield Line("and", f"one of these signs within {threshold.signs.within} of the sample: {names}")
    if threshold.consecutive > 1:
        yield Line("and", f"{threshold.consecutive} times in a row, {threshold.spacing} apart")
    if threshold.unless:
        yield Line("unless", listed_or(_with(one, words) for one in threshold.unless))


def _of_each(analytes: Iterable[str], conditions: Iterable[Condition], words: AnalyteWords) -> Iterator[str]:
    """The conditions on some analytes: one sentence, or one for each unit in which they are measured."""
    asked = tuple(conditions)
    for names in words.alike(analytes) if asked else ():
        yield f"{listed(map(words.name, names))} {listed_or(condition(one, names[0], words) for one in asked)}"


def _with(other: With, words: AnalyteWords) -> str:
    near = "the same day" if not (other.within.days or other.within.months) else f"within {other.within}"
    unknown = ", or unknown" if other.unknown_counts else ""
    said = (
        f"{listed_or(map(words.name, names))} {condition(other.when, names[0], words)}"
        for names in words.alike(other.analytes)
    )
    return f"{listed_or(said)}{unknown} ({near})"


def _repeat(repeat: Repeat) -> str:
    when = "on the same day" if not (repeat.after.days or repeat.after.months) else f"within {repeat.after}"
    rungs = repeat.rungs
    steps = [
        f"{who} after {days(number)}"
        for who, number in (("nurse", rungs.nurse), ("neurologist", rungs.neurologist), ("critical", rungs.critical))
        if number is not None
    ]
    once = "; the first time only" if repeat.only_first else ""
    told = f"{', '.join(steps) or 'nobody is alerted'}; {'the patient is reminded ' * bool(repeat.reminders)}"
    return f"{when}, overdue after {days(repeat.overdue)}; {told}{reminders(repeat.reminders)}{once}"
