"""Forms about accounts: a new one, and how they are shown; a token is in none of them."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from monitor.schemas.fields import Id, Moment, OneOf, Truth, Whole, Words
from monitor.schemas.form import Form, PageQuery, PageSchema
from monitor.terms import Role

SIGN_IN = tuple(role for role in Role if role not in (Role.PATIENT, Role.SYSTEM))
_MOST_SITES = 100


def _email(**options: Any) -> Words:
    return Words(longest=254, metadata={"example": "nora@hospital.example"}, **options)


def _language() -> Words:
    return Words(longest=8, allow_none=True, load_default=None, metadata={"example": "fr"})


class AddUserSchema(Form):
    """A new account for some of your sites; it opens nothing before an operator makes a token for it."""

    name = Words(longest=120, required=True, metadata={"example": "Nora Hellemans"})
    role = OneOf(*SIGN_IN, required=True)
    site_ids = fields.List(
        Id(),
        required=True,
        validate=validate.Length(min=1, max=_MOST_SITES, error="must hold 1 to {max} sites"),
    )
    email = _email()
    language = _language()


class MailAddressSchema(Form):
    """Where a colleague is told by mail that something waits for them, and in which language."""

    email = _email(required=True, allow_none=True)
    language = _language()


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
    email = fields.String(required=True, allow_none=True, metadata={"example": "nora@hospital.example"})
    email_refused_at = Moment(required=True, allow_none=True)
    language = fields.String(required=True, allow_none=True, metadata={"example": "fr"})


class UserPageSchema(PageSchema):
    """A page of accounts."""

    items = fields.List(fields.Nested(UserSchema), required=True)
