"""Forms about laboratory values: a whole panel at once, corrections, retractions; and what became of them."""

from __future__ import annotations

from marshmallow import fields, validate

from monitor.labs.ranges import Range
from monitor.labs.values import NotDone
from monitor.schedules.facts import Status
from monitor.schemas.banner import AboutPatient, PageOfPatientSchema
from monitor.schemas.fields import Amount, Day, Id, Moment, OneOf, Truth, Whole, Words
from monitor.schemas.form import Form, PageQuery
from monitor.terms import Level

_MOST_VALUES = 100  # no laboratory sheet has more lines
_MARKS = ("point", "comma")


class PanelValueSchema(Form):
    """One line of the sheet as it is printed: a value, or `not_done` and why.

    `is_confirmed`: a person checked a value that can hardly be true, or looks like another unit; refused from a
    laboratory system.
    """

    analyte = Words(longest=64, required=True)
    value = Words(longest=64)
    unit = Words(longest=32)
    lower = Words(longest=64)
    upper = Words(longest=64)
    not_done = OneOf(*NotDone)
    is_confirmed = Truth(load_default=False)


class RecordPanelSchema(Form):
    """All the values of one sample: stored together or not at all.

    `collected_on` is the day at the site of the patient, `collected_at` the moment: one of them is needed. `decimal` is
    the mark that the sheet writes, of values and limits alike: a laboratory system must say it; where a person does
    not, it is the point, and a number like 1.200, which may be thousands, is refused until it is said.
    """

    patient_id = Id(required=True)
    collected_on = Day()
    collected_at = Moment()
    received_at = Moment()
    status = OneOf(Status.PRELIMINARY, Status.FINAL, load_default=Status.FINAL.value)
    decimal = OneOf(*_MARKS)
    values = fields.List(
        fields.Nested(PanelValueSchema),
        required=True,
        validate=validate.Length(min=1, max=_MOST_VALUES, error="must hold 1 to {max} values"),
    )


class CorrectResultSchema(Form):
    """The value as it should have been; what is absent stays as it is. `decimal` and `is_confirmed` as for a sheet."""

    value = Words(longest=64)
    unit = Words(longest=32)
    lower = Words(longest=64)
    upper = Words(longest=64)
    not_done = OneOf(*NotDone)
    decimal = OneOf(*_MARKS)
    collected_on = Day()
    collected_at = Moment()
    received_at = Moment()
    is_confirmed = Truth(load_default=False)
    reason = Words(longest=500, required=True)


class ResultsQuery(PageQuery):
    """Whose results, and perhaps of which analyte."""

    patient_id = Id(required=True)
    analyte = Words(longest=64, load_default=None)


class VerdictSchema(Form):
    """Whether a value can be true, and where it lies; null where there is nothing to say, or the value counts no more.

    `is_fallback`: the upper limit is the usual one, because the sheet printed none.
    """

    is_plausible = Truth(required=True, allow_none=True)
    range = OneOf(*Range, required=True, allow_none=True)
    is_fallback = Truth(required=True, allow_none=True)
    times_uln = Amount(required=True, allow_none=True)
    ctcae_grade = Whole(least=0, most=4, required=True, allow_none=True)


class JudgedValueSchema(VerdictSchema):
    """What became of one value. `question`: it lies far from the value before; nothing is refused for that."""

    id = Id(required=True)
    analyte = fields.String(required=True)
    canonical = Amount(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    comparator = fields.String(required=True, allow_none=True)
    not_done = OneOf(*NotDone, required=True, allow_none=True)
    question = fields.String(required=True, allow_none=True)


class ValueFindingSchema(Form):
    """What a value means for one treatment: by which rule, how pressing, why, and what would clear it."""

    treatment_id = Id(required=True)
    rule = fields.String(required=True)
    level = OneOf(*Level, required=True)
    because = fields.String(required=True)
    action = fields.String(required=True)
    source = fields.String(required=True)
    clears = fields.String(required=True)
    numbers = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class FindingSchema(ValueFindingSchema):
    """The same, among those of a whole sheet: of which of its values."""

    result_id = Id(required=True)
    analyte = fields.String(required=True)


class PanelReceiptSchema(AboutPatient):
    """The sheet, its values in the order in which they were sent, and what they mean, the most pressing first.

    `judged_by`: the protocols whose thresholds were asked. Where there is none, nobody treats the patient yet: no value
    calls anybody before a treatment starts, and then those on file are judged.
    """

    panel_id = Id(required=True)
    patient_id = Id(required=True)
    collected_on = Day(required=True)
    result_ids = fields.List(Id(), required=True)
    values = fields.List(fields.Nested(JudgedValueSchema), required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    judged_by = fields.List(fields.String(), required=True)


class CorrectedResultSchema(PanelReceiptSchema):
    """The new version, by its `id`, answered as an entry is: in the sheet of the value, and alone in it."""

    id = Id(required=True)


class ResultSchema(VerdictSchema):
    """A value as it was typed and, in the canonical unit of its analyte, what it means; `findings` the worst first."""

    id = Id(required=True)
    patient_id = Id(required=True)
    panel_id = Id(required=True)
    analyte = fields.String(required=True)
    value = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    not_done = OneOf(*NotDone, required=True, allow_none=True)
    decimal = OneOf(*_MARKS, required=True)
    canonical = Amount(required=True, allow_none=True)
    comparator = fields.String(required=True, allow_none=True)
    lower = fields.String(required=True, allow_none=True)
    upper = fields.String(required=True, allow_none=True)
    status = OneOf(*Status, required=True)
    is_confirmed = Truth(required=True)
    collected_on = Day(required=True)
    collected_at = Moment(required=True, allow_none=True)
    received_at = Moment(required=True, allow_none=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)
    findings = fields.List(fields.Nested(ValueFindingSchema), required=True)


class ResultPageSchema(PageOfPatientSchema):
    """A page of results."""

    items = fields.List(fields.Nested(ResultSchema), required=True)
