"""Forms about scales and examinations, and how they are shown."""

from __future__ import annotations

from marshmallow import fields, validate

from monitor.dossier.alsfrs_r import BEST, ITEMS
from monitor.schemas.banner import PageOfPatientSchema
from monitor.schemas.fields import Day, Id, Moment, Truth, Whole, Words
from monitor.schemas.form import Form, PageQuery


class _FoundSchema(Form):
    """What was found. `is_confirmed`: a value that can hardly be true was checked."""

    value = Words(longest=64)
    items = fields.List(
        Whole(least=0, most=BEST),
        validate=validate.Length(equal=len(ITEMS), error="needs {equal} scores"),
        metadata={"description": f"the scores of the ALSFRS-R in this order: {', '.join(ITEMS)}"},
    )
    has_gastrostomy = Truth(metadata={"description": "needed with items: how cutting food is scored (5a or 5b)"})
    is_confirmed = Truth(load_default=False)


class RecordAssessmentSchema(_FoundSchema):
    """A scale or an examination done on a day; `value`, or for the ALSFRS-R its `items`, or both."""

    patient_id = Id(required=True)
    scale = Words(longest=64, required=True)
    on = Day(required=True)


class CorrectAssessmentSchema(_FoundSchema):
    """What was really found; what is absent stays as it is, and the row that was wrong stays readable."""

    on = Day()
    reason = Words(longest=500, required=True)


class AssessmentsQuery(PageQuery):
    """Whose assessments."""

    patient_id = Id(required=True)


class SubScoresSchema(Form):
    """The four parts of an ALSFRS-R, each 0 to 12."""

    bulbar = Whole(least=0, most=12, required=True)
    fine_motor = Whole(least=0, most=12, required=True)
    gross_motor = Whole(least=0, most=12, required=True)
    respiratory = Whole(least=0, most=12, required=True)


class AssessmentSchema(Form):
    """An assessment as it is stored."""

    id = Id(required=True)
    patient_id = Id(required=True)
    scale = fields.String(required=True)
    value = fields.String(required=True)
    items = fields.List(Whole(least=0, most=BEST), required=True, allow_none=True)
    has_gastrostomy = Truth(required=True, allow_none=True)
    sub_scores = fields.Nested(SubScoresSchema, required=True, allow_none=True)
    is_confirmed = Truth(required=True)
    on = Day(required=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class AssessmentPageSchema(PageOfPatientSchema):
    """A page of assessments."""

    items = fields.List(fields.Nested(AssessmentSchema), required=True)
