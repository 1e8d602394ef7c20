"""The last touch to the description of the API: what only shows once all of it is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitor.api.examples import example_of
from monitor.api.meanings import meaning_of

INTRODUCTION = """\
Treatment calendars and laboratory surveillance. A guided tour with commands to copy stands in `docs/api.md`.

- **Sign in**: `Authorization: Bearer TOKEN`; an operator makes tokens with `monitor users token`.
- **Dates** are days of the patient's site (`2026-06-15`), moments are in UTC with their offset.
- **Refusals** are problem details (RFC 9457). They name the field and the reason, and never repeat the value.
- **What is not yours** looks like what does not exist: 404.
- **Lists** come in pages, `{items, next}`: give `next` back as `cursor`, or follow the `Link` header.
- **Changes** of a patient, a treatment, a hand-over, an alert or an account name, in `If-Match`, the `ETag` of what \
was read.
- **Sending again is safe** with an `Idempotency-Key`: doses and results ask for one, whatever else creates takes one.
- **Whose it is** an answer about one patient says in `patient`, as of the same moment. Name the patient whom you \
have before your eyes in `Patient-Id` on any route: what is another's is refused with 409, and no list shows it.
- **Absent and null differ**: a field that is absent is left alone or takes its default; null is taken only where the \
field says so, and removes. An unknown field is refused.
- `HEAD` works wherever `GET` does, `OPTIONS` and every 405 list the methods in `Allow`.
"""
_LEFT_OVER = ("PaginationMetadata",)  # described by the framework, and used by nothing of ours


def complete(described: dict[str, Any]) -> dict[str, Any]:
    """The description with an example of each body and answer, and with queries as they are really written."""
    schemas = described["components"]["schemas"]
    for name in _LEFT_OVER:
        schemas.pop(name, None)
    for schema in schemas.values():
        for field in schema.get("properties", {}).values():
            _say_what_it_means(field)
    for operation in _operations(described):
        for parameter in operation.get("parameters", ()):
            _write_as_text(parameter)
            _say_what_it_means(parameter["schema"])
        _say_who(operation)
        for content in _contents(operation.get("requestBody", {})):
            content.setdefault("example", example_of(content["schema"], schemas, is_sent=True))
        for response in operation["responses"].values():
            for content in _contents(response):
                content.setdefault("example", example_of(content["schema"], schemas))
    return described


def _operations(described: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for path in described["paths"].values():
        yield from (operation for method, operation in path.items() if method != "parameters")


def _contents(part: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (content for content in part.get("content", {}).values() if "schema" in content)


def _write_as_text(parameter: dict[str, Any]) -> None:
    """A query has no null: what is not given is absent."""
    schema = parameter["schema"]
    if parameter["in"] != "query" or not isinstance(schema.get("type"), list):
        return
    schema["type"] = next(kind for kind in schema["type"] if kind != "null")
    if schema.get("default", "") is None:
        del schema["default"]
    if "enum" in schema:
        schema["enum"] = [word for word in schema["enum"] if word is not None]


def _say_what_it_means(field: dict[str, Any]) -> None:
    """Of a field, a parameter or the items of a list that may hold a few words only."""
    words = [word for word in field.get("enum", ()) if word is not None]
    if words and (meaning := meaning_of(words)):
        field.setdefault("description", meaning)


def _say_who(operation: dict[str, Any]) -> None:
    if roles := operation.get("x-roles"):
        said = operation.get("description", "")
        operation["description"] = f"{said}\n\nOpen to: {', '.join(roles)}.".strip()
