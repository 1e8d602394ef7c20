"""A JSON object whose form a structure of the medical core describes, and reads: no second description of it here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from marshmallow import fields

from monitor.dossier.entry import Entry

_REFERENCE = "#/$defs/{name}"


class JsonObject(fields.Field[Any]):
    """An object in the form of one of these structures; passed on as it came, for the action to read it."""

    default_error_messages = {"invalid": "must be an object"}  # noqa: RUF012 - marshmallow reads it

    def __init__(self, *structures: type[Entry], **options: Any) -> None:
        form = described(structures)
        super().__init__(metadata={"anyOf": [form, {"type": "null"}]} if options.get("allow_none") else form, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        return value


def described(structures: tuple[type[Entry], ...]) -> dict[str, Any]:
    """The description of the structures, each whole in itself."""
    schemas, parts = msgspec.json.schema_components(structures, ref_template=_REFERENCE)
    found = [_whole(schema, parts) for schema in schemas]
    return found[0] if len(found) == 1 else {"anyOf": found}


def _whole(value: Any, parts: Mapping[str, Any]) -> Any:
    """The same description with each reference replaced by what it refers to."""
    if isinstance(value, Mapping):
        if "$ref" in value:
            return _whole(parts[value["$ref"].removeprefix(_REFERENCE.format(name=""))], parts)
        return {name: _whole(inner, parts) for name, inner in value.items()}
    if isinstance(value, list):
        return [_whole(inner, parts) for inner in value]
    return value
