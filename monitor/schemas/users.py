"""Forms about accounts: a new one, and how they are shown; a token is in none of them."""

from __future__ import annotations

from marshmallow import fields, validate

from monitor.schemas.fields import Id, Moment, OneOf, Truth, Whole, Words
from monitor.schemas.form import Form, PageQuery, PageSchema
from monitor.terms import Role

SIGN_IN = tuple(role for role in Role if role not in (Role.PATIENT, Role.SYSTEM))
_MOST_SITES = 100


class AddUserSchema(Form):
    """A new account for some of your sites; it opens nothing before an operator makes a token for it."""

    name = Words(longest=120, required=True, metadata={"example": "Nora Hellemans"})
    role = OneOf(*SIGN_IN, required=True)
    site_ids = fields.List(
        Id(),
        required=True,
        validate=validate.Length(min=1, max=_MOST_SITES, error="must hold 1 to {max} sites"),
    )


class UsersQuery(PageQuery):
    """Which part of the list."""


class UserSchema(Form):
    """An account."""

    id = Id(required=True)
    name = fields.String(required=True, metadata={"example": "Nora Hellemans"})
    role = OneOf(*SIGN_IN, required=True)
    is_active = Truth(required=True)
    created_at = Moment(required=True)
    version = Whole(least=1, most=2**31 - 1, required=True)
    site_ids = fields.List(Id(), required=True)


class UserPageSchema(PageSchema):
    """A page of accounts."""

    items = fields.List(fields.Nested(UserSchema), required=True)
