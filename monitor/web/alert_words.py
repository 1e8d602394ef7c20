"""What one alert says, line by line: why, what to do, what would clear it; what is found no longer says that first."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from monitor.delivery.tasks import Topic
from monitor.labs.printed import amount
from monitor.notices.signs import spelled
from monitor.overviews.alerts import Alert
from monitor.schedules.topics import OVERDUE, RESULT, SIGN
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles

TASKS: dict[Topic, str] = {
    Topic.FAILED: "a text was refused",
    Topic.UNCERTAIN: "a text may not have arrived",
    Topic.UNDELIVERED: "a text did not arrive, or nobody knows",
    Topic.NO_CHANNEL: "reminders cannot be sent by text",
    Topic.TOO_LATE: "a reminder came too late for a text",
    Topic.NUMBER: "the telephone should be confirmed",
    Topic.WRITTEN: "somebody wrote to us",
    Topic.MOVE: "another day is wanted",
    Topic.WRONG_NUMBER: "the telephone number is wrong",
    Topic.UNTOLD: "a colleague was not told by mail",
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
    return TASKS[Topic(one.topic)] if one.topic in frozenset(Topic) else one.topic


def was_due(one: Alert) -> dt.date | None:
    """The day on which what an alert calls undone was due, or is; None where the alert is about something else."""
    found = _WAS_DUE.match(one.because) if one.topic.startswith(OVERDUE) else None
    return None if found is None else dt.date.fromisoformat(found["day"])


def told(one: Alert, titles: Titles, spoken: Spoken) -> tuple[Line, ...]:
    """Why it was raised and on what authority, what it asks for, what would clear it."""
    why, clears = _why(one, titles, spoken)
    why = f"{why} Authority: {one.source}."
    if not one.holds:
        gone = sentence(spoken.read(one.eased_because or "no longer found"))
        past = [Line("It had said", why)]
        if one.action is not None:
            past.append(Line("It had asked", sentence(one.action)))
        return Line("Now", f"{gone} It waits for somebody to see that.", is_pressing=True), *past
    lines = [Line("Why", why)]
    if one.action is not None:
        lines.append(Line("What to do", sentence(one.action), is_pressing=True))
    if clears is not None:
        lines.append(Line("What would clear it", sentence(clears)))
    return tuple(lines)


def _value_name(one: Alert, titles: Titles) -> str:
    rule = one.topic.removeprefix(RESULT).partition(":")[0]  # behind it: of which analyte a number is needed
    analyte, _, rest = rule.partition(".")
    title = titles.analyte(one.analyte or analyte)
    return f"{title}: {spelled(_POINT.sub('.', rest or rule))}"


def _why(one: Alert, titles: Titles, spoken: Spoken) -> tuple[str, str | None]:
    """The reason without what has a line of its own, and what would end it."""
    text, clears = one.because, one.clears
    if one.action is not None:
        text = text.removesuffix(f"; {one.action}")
    if one.topic.startswith(RESULT):
        value = _value(one)
        said = "" if value in text else value  # the reason may begin with it
        text = _SAMPLE.sub(lambda found: f"{said}in the sample of {found['day']}: ", text)
    elif one.topic.startswith(OVERDUE):
        text, _, end = _split(text)
        clears = end or clears
        text = _ASKED_BY.sub("asked for by the sample of ", _WAS_DUE.sub("", text))
    return sentence(spoken.read(titles.in_words(one.treatment_id, text))), clears


def _split(text: str) -> tuple[str, str, str]:
    found = _ENDS.search(text)
    return (text, "", "") if found is None else (text[: found.start()], found[0], text[found.end() :])


def _value(one: Alert) -> str:
    """The value with its unit as a laboratory prints it, and nothing where the finding tells none."""
    numbers = one.numbers or {}
    if "value" not in numbers:
        return ""
    return f"{numbers.get('comparator', '')}{amount(numbers['value'], numbers.get('unit') or None)} "


def sentence(text: str) -> str:
    """The text as a sentence of its own: it begins with a capital and ends with a full stop."""
    begun = text[:1].upper() + text[1:]
    return begun if begun.endswith(".") else f"{begun}."
