"""Forms about visits: agree one, move it, cancel it; and how they are listed."""

from __future__ import annotations

from marshmallow import fields, validate

from monitor.schemas.banner import PageOfPatientSchema
from monitor.schemas.fields import Day, Hour, Id, Moment, Truth, Words
from monitor.schemas.form import Form, PageQuery

MOST_KEYS = 30


class MakeAppointmentSchema(Form):
    """A visit for some items of one treatment, on a day of their windows; hour and place may stay open."""

    treatment_id = Id(required=True)
    keys = fields.List(Words(longest=64), required=True, validate=validate.Length(min=1, max=MOST_KEYS))
    on = Day(required=True)
    time = Hour(load_default=None)
    place = Words(longest=120, load_default=None)


class MoveAppointmentSchema(Form):
    """The visit is on another day; hour and place are those given now, for the old ones belonged to the old day."""

    on = Day(required=True)
    time = Hour(load_default=None)
    place = Words(longest=120, load_default=None)
    reason = Words(longest=500, required=True)


class AppointmentsQuery(PageQuery):
    """Of which treatment."""

    treatment_id = Id(required=True)


class AppointmentSchema(Form):
    """A visit as it is stored; `replaced_by` names what took its place, and a retraction says that it was cancelled."""

    id = Id(required=True)
    treatment_id = Id(required=True)
    keys = fields.List(fields.String(), required=True)
    on = Day(required=True)
    time = Hour(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class AppointmentPageSchema(PageOfPatientSchema):
    """A page of visits."""

    items = fields.List(fields.Nested(AppointmentSchema), required=True)
