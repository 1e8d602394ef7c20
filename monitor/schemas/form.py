"""The shape of every form: what a schema in this folder is by default, and the envelope of a page."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from marshmallow import RAISE, Schema, fields

from monitor.schemas.fields import Id, Whole, Words
from monitor.schemas.line import Line, line_of

LARGEST_PAGE = 200


class Form(Schema):
    """Unknown fields are refused, and a refusal never quotes what was sent."""

    class Meta:
        unknown = RAISE

    error_messages = {  # noqa: RUF012 - read by marshmallow
        "unknown": "unknown field",
        "type": "must be an object",
        "invalid": "must be an object",
    }


class PageQuery(Form):
    """Which part of a list: `cursor` is the `next` of the page before."""

    cursor = Words(longest=500, load_default=None)
    limit = Whole(least=1, most=LARGEST_PAGE, in_query=True, load_default=50)


class PageSchema(Form):
    """`next` is null on the last page; each page adds its own `items`."""

    next = fields.String(required=True, allow_none=True)

    @cached_property
    def _line(self) -> Line:
        listed = self.dump_fields["items"]
        assert isinstance(listed, fields.List)  # noqa: S101 - each page says so itself
        assert isinstance(listed.inner, fields.Nested)  # noqa: S101 - as above
        return line_of(listed.inner.schema)

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:  # noqa: ARG002 - a page is one thing
        """The same as marshmallow's own, three times as fast: a page is fifty lines of plain values."""
        page = {"items": [self._line(one) for one in obj.items], "next": obj.next}
        return page | {"patient": None} if "patient" in self.dump_fields else page


class CreatedSchema(Form):
    """What was stored has this id."""

    id = Id(required=True)


class ReasonSchema(Form):
    """Why it is done; kept with the change."""

    reason = Words(longest=500, required=True)


class ProblemFieldSchema(Form):
    """One field and what is wrong with it; the value is never repeated.

    `suggestion`: what whoever typed it may have meant, such as the unit that a number looks like; shown to them alone.
    """

    field = fields.String(required=True)
    reason = fields.String(required=True)
    suggestion = fields.String()


class ProblemSchema(Form):
    """RFC 9457 problem details."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(fields.Nested(ProblemFieldSchema))


class NothingSchema(Form):
    """No field at all: what is done says everything."""
