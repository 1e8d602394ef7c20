"""Forms about what a patient says to have done; and how it is listed."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.banner import PageOfPatientSchema
from monitor.schemas.fields import Day, Id, Moment, Truth, Words
from monitor.schemas.form import Form, PageQuery

_EXAMPLE = {"example": "cbc/1.7"}


class DeclareSchema(Form):
    """That it was done ("I had my blood taken"): which item of the calendar, and when."""

    key = Words(longest=64, required=True, metadata=_EXAMPLE)
    declared_on = Day(required=True)


class DeclarationsQuery(PageQuery):
    """All of them."""


class DeclarationSchema(Form):
    """A declaration as it is stored; `replaced_by` names the retraction that took it back."""

    id = Id(required=True)
    treatment_id = Id(required=True)
    key = fields.String(required=True, metadata=_EXAMPLE)
    declared_on = Day(required=True)
    reason = fields.String(required=True, allow_none=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class DeclarationPageSchema(PageOfPatientSchema):
    """A page of declarations."""

    items = fields.List(fields.Nested(DeclarationSchema), required=True)
