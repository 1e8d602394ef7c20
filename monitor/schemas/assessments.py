"""Forms about scales and examinations, and how they are shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.fields import Day, Id, Moment, Truth, Words
from monitor.schemas.form import Form, PageQuery, PageSchema


class RecordAssessmentSchema(Form):
    """A scale or an examination done on a day."""

    patient_id = Id(required=True)
    scale = Words(longest=64, required=True)
    value = Words(longest=64, required=True)
    on = Day(required=True)


class AssessmentsQuery(PageQuery):
    """Whose assessments."""

    patient_id = Id(required=True)


class AssessmentSchema(Form):
    """An assessment as it is stored."""

    id = Id(required=True)
    patient_id = Id(required=True)
    scale = fields.String(required=True)
    value = fields.String(required=True)
    on = Day(required=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class AssessmentPageSchema(PageSchema):
    """A page of assessments."""

    items = fields.List(fields.Nested(AssessmentSchema), required=True)
