"""Forms about what else happens to a treatment: waive, complete, vaccinate, take back."""

from __future__ import annotations

from marshmallow import fields

from monitor.overviews.events import KINDS
from monitor.schemas.banner import PageOfPatientSchema
from monitor.schemas.fields import Day, Id, Moment, OneOf, Truth, Words
from monitor.schemas.form import Form, PageQuery


class WaiveItemSchema(Form):
    """This item need not be done; it counts as a credit for lateness."""

    treatment_id = Id(required=True)
    key = Words(longest=64, required=True)
    reason = Words(longest=500, required=True)


class CompleteTaskSchema(Form):
    """This task was done on a day."""

    treatment_id = Id(required=True)
    key = Words(longest=64, required=True)
    on = Day(required=True)


class VaccinationSchema(Form):
    """A vaccine was given; `live` where it holds a live germ."""

    treatment_id = Id(required=True)
    on = Day(required=True)
    vaccine = Words(longest=120, required=True)
    live = Truth(required=True)


class EventsQuery(PageQuery):
    """Of which treatment."""

    treatment_id = Id(required=True)


class EventSchema(Form):
    """An event as it is stored; which members are null depends on its kind."""

    id = Id(required=True)
    treatment_id = Id(required=True)
    kind = OneOf(*KINDS, required=True)
    on = Day(required=True)
    key = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    vaccine = fields.String(required=True, allow_none=True)
    live = Truth(required=True, allow_none=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class EventPageSchema(PageOfPatientSchema):
    """A page of events."""

    items = fields.List(fields.Nested(EventSchema), required=True)
