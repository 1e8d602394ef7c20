"""Forms about later courses: agree the first day, with what proves that it was read back; cancel it; list them."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.banner import PageOfPatientSchema
from monitor.schemas.fields import Day, Id, Moment, OneOf, Truth, Whole, Words
from monitor.schemas.form import Form, PageQuery
from monitor.terms import Weekday

LATEST_COURSE = 99


class PlanCourseSchema(Form):
    """The agreed first day of the next course.

    `weekday` is that of the day as it was read back and `is_confirmed` the yes to both: a day that falls on another
    day of the week, or was not confirmed, is refused. `reason` says why it is another day than the one that was agreed
    before, and is needed then. `reason_override` says why a day is right although it is too soon
    after the last infusion, and is then the reason for another day too.
    """

    course = Whole(least=2, most=LATEST_COURSE, required=True)
    starts_on = Day(required=True)
    weekday = OneOf(*Weekday, required=True)
    is_confirmed = Truth(required=True)
    reason = Words(longest=500, load_default=None)
    reason_override = Words(longest=500, load_default=None)


class CancelCourseSchema(Form):
    """The agreed first day of this course holds no more."""

    course = Whole(least=2, most=LATEST_COURSE, required=True)
    reason = Words(longest=500, required=True)


class PlannedCoursesQuery(PageQuery):
    """Of which treatment."""

    treatment_id = Id(required=True)


class PlannedCourseSchema(Form):
    """An agreed day as it is stored; `replaced_by` names what took its place."""

    id = Id(required=True)
    treatment_id = Id(required=True)
    course = Whole(least=2, most=LATEST_COURSE, required=True)
    starts_on = Day(required=True)
    reason = fields.String(required=True, allow_none=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class PlannedCoursePageSchema(PageOfPatientSchema):
    """A page of agreed courses."""

    items = fields.List(fields.Nested(PlannedCourseSchema), required=True)
