"""Forms about samples taken whose result is awaited: note one, take the note back; and how they are listed."""

from __future__ import annotations

from marshmallow import fields, validate

from monitor.schemas.appointments import MOST_KEYS
from monitor.schemas.banner import PageOfPatientSchema
from monitor.schemas.fields import Day, Id, Moment, Truth, Words
from monitor.schemas.form import Form, PageQuery


class SampleTakenSchema(Form):
    """A sample was drawn for these items on a day of their windows; only its result will credit them."""

    treatment_id = Id(required=True)
    keys = fields.List(Words(longest=64), required=True, validate=validate.Length(min=1, max=MOST_KEYS))
    taken_on = Day(required=True)
    laboratory = Words(longest=120, load_default=None)


class SamplesQuery(PageQuery):
    """Of which treatment."""

    treatment_id = Id(required=True)


class SampleSchema(Form):
    """A note of a sample as it is stored; `replaced_by` names the retraction that took it back."""

    id = Id(required=True)
    treatment_id = Id(required=True)
    keys = fields.List(fields.String(), required=True)
    taken_on = Day(required=True)
    laboratory = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class SamplePageSchema(PageOfPatientSchema):
    """A page of samples taken."""

    items = fields.List(fields.Nested(SampleSchema), required=True)
