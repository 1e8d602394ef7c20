"""How the protocols of a release are shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.protocols.checks import PROFILES
from monitor.schemas.fields import OneOf, Whole
from monitor.schemas.form import Form, PageQuery, PageSchema


class ProtocolsQuery(PageQuery):
    """All of them."""


class ProtocolLineSchema(Form):
    """One version of one protocol; `digest` is that of its file, so that two installations can be compared."""

    name = fields.String(required=True, metadata={"example": "tofersen.v1"})
    id = fields.String(required=True, metadata={"example": "tofersen"})
    version = Whole(least=1, most=2**31 - 1, required=True)
    title = fields.String(required=True, metadata={"example": "Tofersen for SOD1-ALS"})
    profiles = fields.List(OneOf(*PROFILES), required=True)
    digest = fields.String(required=True, metadata={"example": "9f86d081884c7d65"})


class ProtocolPageSchema(PageSchema):
    """A page of protocols."""

    items = fields.List(fields.Nested(ProtocolLineSchema), required=True)


class StatementSchema(Form):
    """One statement to accept or to strike; `source` is its authority, null for a mere fact."""

    label = fields.String(required=True, metadata={"example": "every"})
    text = fields.String(required=True, metadata={"example": "28 days after the last dose"})
    source = fields.String(required=True, allow_none=True)


class StatementsSchema(Form):
    """The statements on one thing."""

    heading = fields.String(required=True, metadata={"example": "Maintenance"})
    lines = fields.List(fields.Nested(StatementSchema), required=True)


class ProtocolSectionSchema(Form):
    """Statements that belong together."""

    heading = fields.String(required=True, metadata={"example": "Doses"})
    blocks = fields.List(fields.Nested(StatementsSchema), required=True)


class ProtocolSchema(ProtocolLineSchema):
    """A protocol rule by rule, as a neurologist reviews it."""

    sections = fields.List(fields.Nested(ProtocolSectionSchema), required=True)
