"""Forms about the follow-up form of a dose: what is asked, what is filled in, and how the versions are shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.dossier.follow_up_form import MEASURED, FollowUpAnswers
from monitor.schemas.banner import AboutPatient, PageOfPatientSchema
from monitor.schemas.fields import Day, Id, Moment, OneOf, Truth, Whole, Words
from monitor.schemas.form import Form, PageQuery
from monitor.schemas.json_object import JsonObject

_MOST_DOSES = 9999


class FileFollowUpFormSchema(Form):
    """The answers; the rest of the form is filled in from the record."""

    answers = JsonObject(FollowUpAnswers, required=True)


class CorrectFollowUpFormSchema(FileFollowUpFormSchema):
    """The whole of what is right, in place of the form that was read."""

    form_id = Id(required=True)
    reason = Words(longest=500, required=True)


class RetractFollowUpFormSchema(Form):
    """The form that was read was filed in error; the dose has an open one again."""

    form_id = Id(required=True)
    reason = Words(longest=500, required=True)


class FollowUpFormsQuery(PageQuery):
    """Of which treatment; open ones or filed ones alone."""

    treatment_id = Id(required=True)
    state = OneOf("open", "filed", load_default=None)


class FormOfDoseSchema(Form):
    """The form of one dose; `is_report_owed`: pharmacovigilance must hear of it, of a dose that was taken back too."""

    dose_id = Id(required=True)
    treatment_id = Id(required=True)
    dose_number = Whole(least=1, most=_MOST_DOSES, required=True, allow_none=True)
    dose_on = Day(required=True)
    is_taken_back = Truth(required=True)
    is_open = Truth(required=True)
    form_id = Id(required=True, allow_none=True)
    is_report_owed = Truth(required=True, allow_none=True)
    filed_by = Id(required=True, allow_none=True)
    filed_at = Moment(required=True, allow_none=True)


class FormOfDosePageSchema(PageOfPatientSchema):
    """A page of doses with their forms."""

    items = fields.List(fields.Nested(FormOfDoseSchema), required=True)


class MeasureSchema(Form):
    """A value of a scale, as it was typed, and its day."""

    scale = OneOf(*MEASURED, required=True)
    value = fields.String(required=True)
    on = Day(required=True)


class DecidedSchema(Form):
    """Why something was done around the dose."""

    what = OneOf("dose_early", "suspended", "stopped", required=True)
    on = Day(required=True)
    reason = fields.String(required=True)


class PrefilledSchema(Form):
    """What the record knows around the dose; `missing` names the scales of which it knows nothing."""

    dose_on = Day(required=True)
    measures = fields.List(fields.Nested(MeasureSchema), required=True)
    missing = fields.List(OneOf(*MEASURED), required=True)
    concomitant_drugs = fields.List(fields.String(), required=True)
    decisions = fields.List(fields.Nested(DecidedSchema), required=True)


class FormVersionSchema(Form):
    """One row of the form."""

    id = Id(required=True)
    answers = JsonObject(FollowUpAnswers, required=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class FollowUpFormSchema(AboutPatient):
    """The form of a dose: filled in as of now while open, as of its filing once filed; `history` the oldest first.

    A dose that was taken back has no number and no open form; what was filed for it stays.
    """

    dose_id = Id(required=True)
    treatment_id = Id(required=True)
    dose_number = Whole(least=1, most=_MOST_DOSES, required=True, allow_none=True)
    dose_on = Day(required=True)
    is_taken_back = Truth(required=True)
    is_open = Truth(required=True)
    form_id = Id(required=True, allow_none=True)
    is_report_owed = Truth(required=True, allow_none=True)
    prefilled = fields.Nested(PrefilledSchema, required=True)
    answers = JsonObject(FollowUpAnswers, required=True, allow_none=True)
    history = fields.List(fields.Nested(FormVersionSchema), required=True)
