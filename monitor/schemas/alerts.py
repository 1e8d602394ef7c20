"""Which alerts are asked for, and how one is shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.fields import Day, Id, Moment, OneOf, Whole
from monitor.schemas.form import Form, PageQuery, PageSchema
from monitor.terms import Audience, Level


class AlertsQuery(PageQuery):
    """Open alerts, unless closed ones are asked for."""

    state = OneOf("open", "closed", load_default="open")
    site_id = Id(load_default=None)
    patient_id = Id(load_default=None)
    audience = OneOf(*Audience, load_default=None)
    level = OneOf(*Level, load_default=None)


class AlertSchema(Form):
    """One cause for one function to act."""

    id = Id(required=True)
    treatment_id = Id(required=True, allow_none=True)
    patient_id = Id(required=True)
    site_id = Id(required=True)
    topic = fields.String(required=True)
    audience = OneOf(*Audience, required=True)
    level = OneOf(*Level, required=True)
    since = Day(required=True)
    because = fields.String(required=True)
    source = fields.String(required=True)
    opened_at = Moment(required=True)
    acknowledged_at = Moment(required=True, allow_none=True)
    acknowledged_by = Id(required=True, allow_none=True)
    closed_at = Moment(required=True, allow_none=True)
    closed_by = Id(required=True, allow_none=True)
    closing_reason = fields.String(required=True, allow_none=True)
    version = Whole(least=1, most=2**31 - 1, required=True)


class AlertPageSchema(PageSchema):
    """A page of alerts, the most pressing first."""

    items = fields.List(fields.Nested(AlertSchema), required=True)
