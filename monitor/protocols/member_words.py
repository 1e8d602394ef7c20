"""How the value of any member of a protocol reads: in a sentence where there is one, else member by member."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args

import msgspec

from monitor.labs.gates import Gate
from monitor.labs.thresholds import Threshold
from monitor.notices.signs import Sign
from monitor.protocols import phrases
from monitor.protocols.protocol import Example
from monitor.protocols.stream_statements import stream_lines
from monitor.protocols.timer_statements import timer_block
from monitor.schedules.plan import AppliesTo, Phase, Rungs, Stream, Tighter
from monitor.schedules.recurrence import Rule, Window
from monitor.schedules.visit_timers import VisitTimer

_Part = TypeVar("_Part", bound=msgspec.Struct)

IDENTITIES: Mapping[type, tuple[str, ...]] = {
    Stream: ("id",),
    Phase: ("name",),
    Tighter: ("first", "last"),
    Example: ("title",),
    Threshold: ("rule", "analytes"),
    Gate: ("id",),
    VisitTimer: ("id",),
    Sign: ("id",),
}
"""By which members two parts of a list are known to be the same part."""

LABELS: Mapping[str, str] = {
    "applies_to": "whom it concerns",
    "done_by": "what credits it",
    "goes_on_after_stop": "goes on after a stop",
    "is_surveillance": "belongs to the surveillance",
    "requires": "asks for",
    "rungs": "alerts",
    "schedule": "when",
    "settled_by_later_sample": "settled by a later sample",
    "source": "authority of the rule",
    "tighter": "tighter alerts",
    "us_source": "authority of the rule in the US",
    "window_source": "authority of windows, alerts and reminders",
}
"""What the description calls a member; every other is called by its name in the file."""


def in_words(member: str, value: object) -> str:
    """The value of a member as a reviewer reads it; what no sentence tells of is spelled out."""
    if isinstance(value, Stream):
        return "; ".join((f"{value.title} ({value.kind})", *_lines(value)))
    if isinstance(value, VisitTimer):
        return "; ".join((value.title, *(f"{line.label}: {line.text}" for line in timer_block(value).lines)))
    sentence = _sentence(value) if member != "reminders" else _said(phrases.reminders, value)
    return spelled(value) if sentence is None else sentence


def told(before: _Part, after: _Part, differing: Iterable[str]) -> frozenset[str]:
    """The members of which the sentence tells: each of them, changed alone, changes it; none where there is none."""
    sentence = _sentence(before)
    if sentence is None or _sentence(after) is None:
        return frozenset()
    alone = {name: msgspec.structs.replace(before, **{name: getattr(after, name)}) for name in differing}
    return frozenset(name for name, part in alone.items() if _sentence(part) not in (None, sentence))


def spelled(value: Any) -> str:
    """Any value in full, a part with each member that is not what it is by default."""
    if value is None or value in ((), {}):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, dt.date):
        return f"{value:%Y-%m-%d %a}"
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(map(spelled, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {spelled(one)}" for name, one in value.items())
    return _part(value) if isinstance(value, msgspec.Struct) else str(value)


def _part(part: msgspec.Struct) -> str:
    """`series (anchor last_infusion, every 1 month, count 48)`."""
    values = [(name, getattr(part, name), default) for name, default in _defaults(type(part))]
    members = ", ".join(f"{name} {spelled(value)}" for name, value, default in values if value != default)
    return f"{part.__struct_config__.tag or ''} ({members})".strip()


@cache
def _defaults(part: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in msgspec.structs.fields(part))


def _window(window: Window) -> str:
    return f"{phrases.opening(window)}, {phrases.closing(window)}; {phrases.lateness(window)}"


_SENTENCES: Mapping[type, Callable[[Any], str]] = {
    Window: _window,
    Rungs: phrases.rungs,
    AppliesTo: phrases.applies_to,
    **dict.fromkeys(get_args(Rule), phrases.schedule),
}


def _sentence(value: object) -> str | None:
    phrase = _SENTENCES.get(type(value))
    return None if phrase is None else _said(phrase, value)


def _said(phrase: Callable[[Any], str], value: object) -> str | None:
    """The sentence, None where a draft holds what no sentence was made for: it is then spelled out, never left out."""
    try:
        return phrase(value)
    except (IndexError, KeyError, ValueError):
        return None


def _lines(stream: Stream) -> list[str]:
    try:
        return [f"{line.label}: {line.text}" for line in stream_lines(stream)]
    except (IndexError, KeyError, ValueError):  # as above
        return [spelled(stream)]
