"""How one's own account is shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.fields import Id, OneOf
from monitor.schemas.form import Form
from monitor.schemas.users import SIGN_IN


class MySiteSchema(Form):
    """A site that one may act for."""

    id = Id(required=True)
    name = fields.String(required=True)
    country = fields.String(required=True)
    timezone = fields.String(required=True)


class MeSchema(Form):
    """The account behind the token."""

    id = Id(required=True)
    name = fields.String(required=True, metadata={"example": "Nora Hellemans"})
    role = OneOf(*SIGN_IN, required=True)
    sites = fields.List(fields.Nested(MySiteSchema), required=True)
