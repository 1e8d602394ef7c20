"""How the health of the installation is shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.fields import OneOf, Truth
from monitor.schemas.form import Form


class LiveSchema(Form):
    """The process runs."""

    status = OneOf("live", required=True)


class CheckSchema(Form):
    """One thing that must be true."""

    name = fields.String(required=True)
    is_ok = Truth(required=True)
    detail = fields.String(required=True)


class ReadySchema(Form):
    """Whether the installation can be relied upon, and why not."""

    status = OneOf("ready", "not ready", required=True)
    checks = fields.List(fields.Nested(CheckSchema), required=True)
