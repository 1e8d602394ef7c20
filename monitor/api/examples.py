"""An example for whatever the API takes or gives, made from its description: one person, one day, one treatment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Described = Mapping[str, Any]

_BY_NAME: Mapping[str, Any] = {
    "family_name": "Valcourt", "given_name": "Maya", "name": "Neurology North", "birth_date": "1988-03-04",
    "language": "fr", "phone": "+33639980077", "timezone": "Europe/Paris", "country": "FR", "role": "nurse",
    "protocol": "tofersen", "sex": "female", "profile": "eu",
    "key": "dose/4", "keys": ["dose/4"], "stream": "dose", "kind": "dose", "topic": "overdue:dose", "item": "dose/4",
    "analyte": "platelets", "value": "212", "unit": "10*9/L", "lower": "150", "upper": "400", "canonical": "212",
    "scale": "alsfrs_r", "vaccine": "influenza", "blocked_by": [], "comparator": None,
    "reason": "typed from the wrong line", "because": "28 days after the last dose", "source": "label 2.2",
    "recipient": "self", "purpose": "reminder", "text": "Rappel: vous avez un rendez-vous a prendre.",
    "reference": "AB12", "status": "final", "state": "open", "level": "soon", "audience": "nurse", "bucket": "today",
    "field": "on", "version": 3, "next": None, "time": "10:30", "place": "Day hospital", "detail": "well",
    "type": "about:blank", "errors": [],
}  # fmt: skip
_SELDOM = frozenset({"reason"})  # has a value only where something was corrected
_SENT_TOO = frozenset({"unit"})  # is not always needed, and nobody should leave it out
_BY_FORMAT: Mapping[str, str] = {
    "uuid": "0b8f6f0e-3c55-4d6c-9a0f-6d0a4c1b7e21",
    "date": "2026-06-15",
    "date-time": "2026-06-15T09:30:00+00:00",
    "time": "10:30",
}


def example_of(schema: Described, named: Mapping[str, Described], *, name: str = "", is_sent: bool = False) -> Any:
    """A value that fits; `named` are the schemas that may be referred to, `is_sent`: only what has to be sent."""
    if "$ref" in schema:
        return example_of(named[schema["$ref"].rsplit("/", 1)[1]], named, name=name, is_sent=is_sent)
    for given in ("const", "example"):
        if given in schema:
            return schema[given]
    for alternatives in ("anyOf", "oneOf", "allOf"):
        if alternatives in schema:
            return example_of(schema[alternatives][0], named, name=name, is_sent=is_sent)
    kinds = _kinds(schema)
    if "null" in kinds and (name not in _BY_NAME or name in _SELDOM):
        return None
    usual = _BY_NAME.get(name, _BY_FORMAT.get(schema.get("format", "")))
    if _fits(usual, kinds, schema) and (usual is not None or name in _BY_NAME):
        return usual
    return _made_up(kinds[0], schema, named, is_sent=is_sent)


def _kinds(schema: Described) -> list[str]:
    kind = schema.get("type", "string" if "enum" in schema else "object")
    return [kind] if isinstance(kind, str) else kind


def _made_up(kind: str, schema: Described, named: Mapping[str, Described], *, is_sent: bool) -> Any:
    if kind == "object":
        members = schema.get("properties", {})
        wanted = schema.get("required") or list(members)[:1] if is_sent else members
        chosen = [one for one in members if one in wanted or one in _SENT_TOO]
        return {one: example_of(members[one], named, name=one, is_sent=is_sent) for one in chosen}
    if kind == "array":
        return [example_of(schema["items"], named, is_sent=is_sent)]
    if "enum" in schema:
        return next(word for word in schema["enum"] if word is not None)
    if kind == "boolean":
        return False
    return schema.get("minimum", 1) if kind in ("integer", "number") else "as written"


def _fits(value: Any, kinds: list[str], schema: Described) -> bool:
    """Whether the usual value of this name may stand here, where the name means something else perhaps."""
    if "enum" in schema and value not in schema["enum"]:
        return False
    usual = _BY_FORMAT.get(schema.get("format", ""))
    is_of_format = (
        value is None or "format" not in schema or (isinstance(value, str) and usual and len(value) == len(usual))
    )
    return bool(is_of_format) and any(isinstance(value, _KINDS[kind]) for kind in kinds)


_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
