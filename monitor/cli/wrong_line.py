"""What is wrong with a line of a file, in a sentence that names the member and never shows a value."""

from __future__ import annotations

import json
import re
from typing import Any

from monitor.terms import Unacceptable

_AT = re.compile(r" - at `\$\.?(?P<path>.*)`$")
_PLAIN = re.compile(r"[A-Za-z0-9_]{1,40}")
_FIELD = re.compile(r"field `(?P<name>[^`]*)`")


def refuse_repeated_members(raw: bytes) -> None:
    """A member given twice would hide the first one silently, at any depth. Raises Unacceptable naming it."""
    json.loads(raw, object_pairs_hook=_refuse_repetition)


def _refuse_repetition(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) == len(pairs):
        return
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise Unacceptable("given twice", field=_shown(name))
        seen.add(name)


def refusal_of(message: str) -> Unacceptable:
    """A message of the decoder, turned into a path and a reason that never holds a value."""
    found = _AT.search(message)
    path = found["path"] if found else ""
    named = _FIELD.search(message)
    if named is not None:
        member = _shown(named["name"])
        path = f"{path}.{member}" if path else member
        return Unacceptable("missing" if "missing required" in message else "unknown member", field=path)
    if "RFC3339" in message or "date" in message:
        reason = "not a date"
    elif "enum" in message or "Invalid value" in message:
        reason = "not one of the values known here"
    elif message.startswith("Expected"):
        reason = _AT.sub("", message).replace("`", "").replace("Expected", "expected")
    else:
        reason = "not acceptable"
    return Unacceptable(reason, field=path or None)


def _shown(name: str) -> str:
    """A member's name as a message may repeat it: a stranger's may hold anything."""
    return name if _PLAIN.fullmatch(name) else "?"
