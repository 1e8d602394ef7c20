"""Forms about absences: note one, and how they are shown; why somebody is away is in none of them."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.fields import Day, Id, Moment
from monitor.schemas.form import Form, PageQuery, PageSchema


class AddAbsenceSchema(Form):
    """A colleague is away from a day to the day before another."""

    staff_id = Id(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)


class AbsencesQuery(PageQuery):
    """Which absences: of somebody, of a day."""

    staff_id = Id(load_default=None)
    on = Day(load_default=None)


class AbsenceSchema(Form):
    """An absence."""

    id = Id(required=True)
    staff_id = Id(required=True)
    name = fields.String(required=True, metadata={"example": "Nora Hellemans"})
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)
    withdrawn_at = Moment(required=True, allow_none=True)
    withdrawn_by = Id(required=True, allow_none=True)


class AbsencePageSchema(PageSchema):
    """A page of absences."""

    items = fields.List(fields.Nested(AbsenceSchema), required=True)
