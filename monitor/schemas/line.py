"""Shows one line of a list by a plan made once, because a page has a thousand values and each is simple."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, fields

Line = Callable[[object], dict[str, Any]]
"""Shows one item as the members of a JSON object."""

Show = Callable[[Any], Any]


def line_of(schema: Schema) -> Line:
    """How to show an item of this schema, member by member; equal to `schema.dump`, which a test holds."""
    plan = [(name, field.attribute or name, _show(field)) for name, field in schema.dump_fields.items()]

    def line(item: object) -> dict[str, Any]:
        shown = {}
        for name, attribute, show in plan:
            value = getattr(item, attribute)
            shown[name] = value if value is None or show is None else show(value)
        return shown

    return line


def _show(field: fields.Field[Any]) -> Show | None:
    """How a value of this field is shown; None: as it is."""
    if isinstance(field, (fields.Date, fields.AwareDateTime)):
        return _iso
    if isinstance(field, fields.UUID):
        return str
    if type(field)._serialize is fields.String._serialize or isinstance(field, (fields.Integer, fields.Boolean)):  # noqa: SLF001 - asked, not called: is it shown as it is?
        return None
    return lambda value: field._serialize(value, "", None)  # noqa: SLF001 - the one method that shows a value alone


def _iso(value: Any) -> str:
    shown: str = value.isoformat()
    return shown
