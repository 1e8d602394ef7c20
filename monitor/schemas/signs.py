"""Forms about signs that a patient noticed: report, correct, how they are answered, and the list to tick them from."""

from __future__ import annotations

from marshmallow import fields, validate

from monitor.notices.signs import Urgency
from monitor.schemas.banner import AboutPatient, PageOfPatientSchema
from monitor.schemas.fields import Day, Id, Moment, OneOf, Truth, Words
from monitor.schemas.form import Form, PageQuery
from monitor.terms import Level

_MOST_SIGNS = 30
_LONGEST_SIGN = 32
_FEVER, _PUNCTURE = {"example": "fever"}, {"example": "Fever of 38 °C (100.4 °F) or more"}
_CALL = "Call us today. If nobody answers, go to an emergency department today."


class ReportSignsSchema(Form):
    """What the patient noticed, by the ids of the protocol; `language`: of the answer, else that of the patient."""

    signs = fields.List(
        Words(longest=_LONGEST_SIGN, metadata=_FEVER),
        required=True,
        validate=validate.Length(min=1, max=_MOST_SIGNS),
    )
    noticed_on = Day(required=True)
    note = Words(longest=1000, load_default=None)
    language = Words(longest=8, load_default=None)


class CorrectSignsSchema(ReportSignsSchema):
    """The whole of what is right; the row that was wrong stays readable."""

    reason = Words(longest=500, required=True)


class ReportedSignSchema(Form):
    """A sign of the report in the words of the patient's language."""

    sign = fields.String(required=True, metadata=_FEVER)
    words = fields.String(required=True, metadata=_PUNCTURE)
    urgency = OneOf(*Urgency, required=True, metadata={"example": "same_day"})


class ReportedSignsSchema(AboutPatient):
    """What was stored, and what the patient must be told now: `advice` line by line, emergency numbers first."""

    id = Id(required=True)
    level = OneOf(*Level, required=True)
    urgency = OneOf(*Urgency, required=True, metadata={"example": "same_day"})
    language = fields.String(required=True, metadata={"example": "en"})
    advice = fields.List(fields.String(metadata={"example": _CALL}), required=True)
    signs = fields.List(fields.Nested(ReportedSignSchema), required=True)


class SignsQuery(PageQuery):
    """All of them."""


class SignReportSchema(Form):
    """A report as it is stored; `replaced_by` names what corrected it or took it back."""

    id = Id(required=True)
    treatment_id = Id(required=True)
    signs = fields.List(fields.String(metadata=_FEVER), required=True)
    noticed_on = Day(required=True)
    note = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class SignReportPageSchema(PageOfPatientSchema):
    """A page of reports."""

    items = fields.List(fields.Nested(SignReportSchema), required=True)


class ProtocolSignsQuery(Form):
    """In which language."""

    language = Words(longest=8, required=True)


class SignLineSchema(Form):
    """A sign to tick; `holds_dose`: the next dose waits until a neurologist has closed its alert."""

    sign = fields.String(required=True, metadata=_FEVER)
    words = fields.String(required=True, metadata=_PUNCTURE)
    holds_dose = Truth(required=True)
    in_pregnancy = OneOf(*Urgency, required=True, allow_none=True)


class SignsByUrgencySchema(Form):
    """The signs of one urgency, and what whoever notices one of them is told."""

    urgency = OneOf(*Urgency, required=True, metadata={"example": "same_day"})
    advice = fields.String(required=True, metadata={"example": _CALL})
    signs = fields.List(fields.Nested(SignLineSchema), required=True)


class NumbersOfCountrySchema(Form):
    """Whom to call now in a country; `anywhere` where its numbers are not known."""

    country = fields.String(required=True)
    words = fields.String(required=True, metadata={"example": "Call 15 or 112 now. If you cannot speak, text 114."})


class SignListSchema(Form):
    """All that a client shows: the numbers first, then the signs by urgency, the most pressing first."""

    protocol = fields.String(required=True, metadata={"example": "tofersen.v1"})
    language = fields.String(required=True, metadata={"example": "en"})
    emergency = fields.List(fields.Nested(NumbersOfCountrySchema), required=True)
    groups = fields.List(fields.Nested(SignsByUrgencySchema), required=True)
