"""The numbers of a protocol that are worth a call the same day, as a family doctor reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from monitor.drawing import language as spoken
from monitor.drawing.language import Language, said
from monitor.labs.action_lines import ActionLine, LimitsSpan, action_lines
from monitor.labs.analyte import Analyte
from monitor.labs.subject import Rulebook
from monitor.terms import Level

_ONCE = Decimal(1)  # a multiple of a limit is told as one: whose limit it is, the sheet of the laboratory says


def limits_in_words(
    analytes: Iterable[Analyte],
    rules: Rulebook,
    *,
    sex: str | None,
    on: dt.date,
    language: Language,
    levels: Mapping[Level, str],
) -> tuple[str, ...]:
    """One line an analyte, with each number from which it is to be seen within the hour or the same day.

    `levels`: how soon, in words. Only what a number alone decides. Raises nothing. Source: the thresholds.
    """
    found = []
    for analyte in analytes:
        limits = (LimitsSpan(on, on, _ONCE, _ONCE, is_fallback=True),)
        lines = action_lines(analyte.id, rules, limits, sex=sex, from_on=on, until_on=on)
        told = list(_told(lines, unit=analyte.unit, language=language, levels=levels))
        if told:
            name = f"{analyte.name_fr} :" if language == "fr" else f"{analyte.name_en}:"
            found.append(f"{name} {', '.join(told)}")
    return tuple(found)


def _told(
    lines: Iterable[ActionLine], *, unit: str | None, language: Language, levels: Mapping[Level, str]
) -> Iterator[str]:
    for line in lines:
        if line.level in levels:
            yield f"{_number(line, unit=unit, language=language)} ({levels[line.level]})"


def _number(line: ActionLine, *, unit: str | None, language: Language) -> str:
    sign = spoken.side(line.side)
    if line.step is not None:
        return f"{sign} {line.step}"
    if line.times is not None and line.of is not None:
        limit = said(line.of.upper(), language)
        return f"{sign} {limit}" if line.times == _ONCE else f"{sign} {spoken.number(line.times, language)} × {limit}"
    value = spoken.number(line.spans[-1].value, language)
    printed = spoken.unit(unit, language)
    return f"{sign} {value} {'× ' * printed[:1].isdigit()}{printed}".rstrip()
