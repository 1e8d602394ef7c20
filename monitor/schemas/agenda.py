"""Which part of the work list is asked for, and how its items are shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.overviews.agenda import Bucket
from monitor.schedules.calendar import Kind, State
from monitor.schemas.banner import PagePerhapsOfPatientSchema
from monitor.schemas.fields import Day, Hour, Id, OneOf
from monitor.schemas.form import Form, PageQuery


class AgendaQuery(PageQuery):
    """Of which site, which part, or of which patient."""

    site_id = Id(load_default=None)
    patient_id = Id(load_default=None)
    state = OneOf(*Bucket, load_default=None)


class AgendaItemSchema(Form):
    """One piece of care that waits for somebody; `bucket` is its part of the work list.

    `time` and `place` are those of the visit agreed for it; `waiting_since` is the day of a sample whose result is
    awaited; `declared_on` the day on which the patient says that it was done, which counts for nothing.
    """

    treatment_id = Id(required=True)
    key = fields.String(required=True)
    patient_id = Id(required=True)
    site_id = Id(required=True)
    family_name = fields.String(required=True)
    given_name = fields.String(required=True)
    stream = fields.String(required=True)
    kind = OneOf(*Kind, required=True)
    due_on = Day(required=True)
    suggested_on = Day(required=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True, allow_none=True)
    overdue_on = Day(required=True, allow_none=True)
    moved_from = Day(required=True, allow_none=True)
    time = Hour(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    waiting_since = Day(required=True, allow_none=True)
    declared_on = Day(required=True, allow_none=True)
    blocked_by = fields.List(fields.String(), required=True)
    because = fields.String(required=True)
    source = fields.String(required=True)
    state = OneOf(*State, required=True)
    bucket = OneOf(*Bucket, required=True)


class AgendaPageSchema(PagePerhapsOfPatientSchema):
    """A page of the work list."""

    items = fields.List(fields.Nested(AgendaItemSchema), required=True)
