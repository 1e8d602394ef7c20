"""Forms about a dose that was given, its correction and its retraction."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.banner import PageOfPatientSchema
from monitor.schemas.fields import Day, Id, Moment, Truth, Whole, Words
from monitor.schemas.form import Form, PageQuery
from monitor.schemas.gates import KeptGateSchema


class RecordAdministrationSchema(Form):
    """A dose; `course` and `day` where the protocol has courses. `reason_override`: why against a gate."""

    treatment_id = Id(required=True)
    on = Day(required=True)
    course = Whole(least=1, most=99)
    day = Whole(least=1, most=99)
    reason_override = Words(longest=500)


class CorrectAdministrationSchema(Form):
    """The dose as it really was; what is absent stays as it is, and the row that was wrong stays readable."""

    on = Day()
    course = Whole(least=1, most=99)
    day = Whole(least=1, most=99)
    reason_override = Words(longest=500)
    reason = Words(longest=500, required=True)


class AdministrationsQuery(PageQuery):
    """Whose doses."""

    treatment_id = Id(required=True)


class AdministrationSchema(Form):
    """A dose as it is stored."""

    id = Id(required=True)
    treatment_id = Id(required=True)
    on = Day(required=True)
    course = Whole(least=1, most=99, required=True, allow_none=True)
    day = Whole(least=1, most=99, required=True, allow_none=True)
    reason_override = fields.String(required=True, allow_none=True)
    gates = fields.List(fields.Nested(KeptGateSchema), required=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class AdministrationPageSchema(PageOfPatientSchema):
    """A page of doses."""

    items = fields.List(fields.Nested(AdministrationSchema), required=True)
