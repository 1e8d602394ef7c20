"""Forms about telephone calls: record one, take it back; and how they are listed."""

from __future__ import annotations

from marshmallow import fields, validate

from monitor.overviews.calls import CALLEES, OUTCOMES
from monitor.schemas.appointments import MOST_KEYS
from monitor.schemas.banner import PageOfPatientSchema
from monitor.schemas.fields import Id, Moment, OneOf, Truth, Words
from monitor.schemas.form import Form, PageQuery


class RecordCallSchema(Form):
    """Somebody was called about some items, or about the treatment as a whole; just now, where no moment is given."""

    treatment_id = Id(required=True)
    callee = OneOf(*CALLEES, required=True)
    outcome = OneOf(*OUTCOMES, required=True)
    keys = fields.List(Words(longest=64), load_default=(), validate=validate.Length(max=MOST_KEYS))
    called_at = Moment(load_default=None)


class CallsQuery(PageQuery):
    """Of which treatment."""

    treatment_id = Id(required=True)


class CallSchema(Form):
    """A call as it is stored; `replaced_by` names the retraction that took it back."""

    id = Id(required=True)
    treatment_id = Id(required=True)
    keys = fields.List(fields.String(), required=True)
    called_at = Moment(required=True)
    callee = OneOf(*CALLEES, required=True)
    outcome = OneOf(*OUTCOMES, required=True)
    reason = fields.String(required=True, allow_none=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class CallPageSchema(PageOfPatientSchema):
    """A page of calls."""

    items = fields.List(fields.Nested(CallSchema), required=True)
