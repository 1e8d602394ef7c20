"""What one alert says, line by line: why, what to do, what would clear it; what is found no longer says that first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.drawing.language import unit as unit_as_printed
from monitor.notices.result_alerts import RESULT
from monitor.notices.signs import SIGN, spelled
from monitor.overviews.alerts import Alert
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles

OVERDUE = "overdue:"
_TASKS = {
    "message:failed": "a text was refused",
    "message:uncertain": "a text may not have arrived",
    "reminder:no_channel": "reminders cannot be sent by text",
    "reminder:too_late": "a reminder came too late for a text",
}
_SAMPLE = re.compile(r"^\S+ of (?P<day>\d{4}-\d{2}-\d{2}): ")
_WAS_DUE = re.compile(r"^\S+ was due on (?P<day>\d{4}-\d{2}-\d{2}): ")
_ASKED_BY = re.compile(r"^[a-z]\w*(\.\w+)* in the sample of ")
_ENDS = re.compile(r"; (?:cleared by|ends with) ")
_POINT = re.compile(r"(?<=\d)_(?=\d)")  # `below_0_5` is below 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to know; `is_pressing`: what must be read before the others."""

    label: str
    text: str
    is_pressing: bool = False


def name_of(one: Alert, titles: Titles) -> str:
    """What an alert is about, in a few words."""
    if one.topic.startswith(RESULT):
        return _value_name(one, titles)
    if one.topic.startswith(SIGN):
        return f"sign: {spelled(one.topic.removeprefix(SIGN))}"
    return _TASKS.get(one.topic, one.topic)


def told(one: Alert, titles: Titles, spoken: Spoken) -> tuple[Line, ...]:
    """Why it was raised and on what authority, what it asks for, what would clear it."""
    why, clears = _why(one, titles, spoken)
    why = f"{why} Authority: {one.source}."
    if not one.holds:
        gone = _sentence(spoken.read(one.eased_because or "no longer found"))
        past = [Line("It had said", why)]
        if one.action is not None:
            past.append(Line("It had asked", _sentence(one.action)))
        return Line("Now", f"{gone} It waits for somebody to see that.", is_pressing=True), *past
    lines = [Line("Why", why)]
    if one.action is not None:
        lines.append(Line("What to do", _sentence(one.action), is_pressing=True))
    if clears is not None:
        lines.append(Line("What would clear it", _sentence(clears)))
    return tuple(lines)


def _value_name(one: Alert, titles: Titles) -> str:
    rule = one.topic.removeprefix(RESULT)
    analyte, _, rest = rule.partition(".")
    title = titles.analyte(one.analyte or analyte)
    return f"{title}: {spelled(_POINT.sub('.', rest or rule))}"


def _why(one: Alert, titles: Titles, spoken: Spoken) -> tuple[str, str | None]:
    """The reason without what has a line of its own, and what would end it."""
    text, clears = one.because, one.clears
    if one.action is not None:
        text = text.removesuffix(f"; {one.action}")
    if one.topic.startswith(RESULT):
        text = _SAMPLE.sub(lambda found: f"{_value(one)}in the sample of {found['day']}: ", text)
    elif one.topic.startswith(OVERDUE):
        text, _, end = _split(text)
        clears = end or clears
        text = _WAS_DUE.sub("", text)
        day = _WAS_DUE.match(one.because)
        due = "" if day is None else f"due on {day['day']}: "
        text = due + _ASKED_BY.sub("asked for by the sample of ", text)
    return _sentence(spoken.read(titles.in_words(one.treatment_id, text))), clears


def _split(text: str) -> tuple[str, str, str]:
    found = _ENDS.search(text)
    return (text, "", "") if found is None else (text[: found.start()], found[0], text[found.end() :])


def _value(one: Alert) -> str:
    """The value with its unit as a laboratory prints it, and nothing where the finding tells none."""
    numbers = one.numbers or {}
    if "value" not in numbers:
        return ""
    unit = unit_as_printed(numbers.get("unit") or None, "en")
    between = " × " if unit.startswith("10") else " " if unit else ""
    return f"{numbers.get('comparator', '')}{numbers['value']}{between}{unit} "


def _sentence(text: str) -> str:
    """It begins with a capital where that is no abbreviation or unit, and ends with a full stop."""
    begun = text[:1].upper() + text[1:]
    return begun if begun.endswith(".") else f"{begun}."
