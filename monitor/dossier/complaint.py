"""Turns what the reader of JSON complains of into a refusal that names the field and the reason, never the value."""

from __future__ import annotations

import enum
import re
from typing import Any, get_args, get_type_hints

from monitor.terms import Unacceptable

_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_ABOUT_A_NAME = re.compile(r"Object (?P<what>missing required|contains unknown) field `(?P<name>.*)`", re.DOTALL)
_EXPECTED = re.compile(r"Expected `(?P<kind>[^`]+)`(?P<bound> (?:of length )?[<>]= \d+)?")
_LONGEST_NAME = 64  # whoever sent an unknown field chose its name: enough to recognise it, not enough for a letter
_KINDS = {
    "bool": "must be true or false",
    "int": "must be a whole number",
    "date": "not a date (YYYY-MM-DD)",
    "array": "must be a list",
    "object": "must be an object",
    "uuid": "not an identifier",
    "str": "must be a text",
    "text": "must be a text without control characters, and not empty",
}


def refusal_of(complaint: str, *, kind: type, within: str) -> Unacceptable:
    """The refusal for a complaint of msgspec about an object of `kind` in the field `within`."""
    place = _PATH.search(complaint)
    path = place["path"] if place else ""
    said = complaint[: place.start()] if place else complaint
    about = _ABOUT_A_NAME.fullmatch(said)
    if about is not None:
        name = about["name"][:_LONGEST_NAME].encode("ascii", "replace").decode()
        reason = "is needed" if about["what"] == "missing required" else "unknown field"
        return Unacceptable(reason, field=f"{within}{path}.{name}")
    return Unacceptable(_reason(said, path, kind), field=f"{within}{path}")


def _reason(said: str, path: str, kind: type) -> str:
    words = _words(kind, path)
    if said.startswith("Invalid enum value") or (words and "array" not in said):
        return f"must be one of: {', '.join(words)}"  # the complaint quotes the value, so nothing of it is passed on
    if said.startswith("Invalid RFC3339"):
        return _KINDS["date"]
    if said.startswith("Invalid UUID"):
        return _KINDS["uuid"]
    expected = _EXPECTED.match(said)
    if expected is None:
        return "has not the form of this field"
    if expected["bound"]:
        bound = expected["bound"].strip()
        return bound.replace("of length", "must have a length") if "length" in bound else f"must be {bound}"
    return _KINDS.get(expected["kind"].split(" ")[0], "has not the form of this field")


def _words(kind: type, path: str) -> tuple[str, ...]:
    """The words that the field of that path may hold; none where it is no list of words."""
    name = re.match(r"\.(\w+)", path)
    hint = get_type_hints(kind).get(name[1]) if name else None
    return tuple(dict.fromkeys(_members(hint)))


def _members(hint: Any) -> list[str]:
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return [str(member.value) for member in hint]
    return [word for inner in get_args(hint) for word in _members(inner)]
