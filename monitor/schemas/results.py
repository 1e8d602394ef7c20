"""Forms about laboratory values: a whole panel at once, corrections, retractions; and what became of them."""

from __future__ import annotations

from marshmallow import fields, validate

from monitor.schedules.facts import Status
from monitor.schemas.fields import Amount, Day, Id, Moment, OneOf, Truth, Words
from monitor.schemas.form import Form, PageQuery, PageSchema

_MOST_VALUES = 100  # no laboratory sheet has more lines


class PanelValueSchema(Form):
    """One line of the sheet as it is printed; `is_confirmed`: an implausible value was checked."""

    analyte = Words(longest=64, required=True)
    value = Words(longest=64, required=True)
    unit = Words(longest=32)
    lower = Words(longest=64)
    upper = Words(longest=64)
    is_confirmed = Truth(load_default=False)


class RecordPanelSchema(Form):
    """All the values of one sample: stored together or not at all."""

    patient_id = Id(required=True)
    collected_on = Day(required=True)
    status = OneOf(Status.PRELIMINARY, Status.FINAL, load_default=Status.FINAL.value)
    values = fields.List(
        fields.Nested(PanelValueSchema),
        required=True,
        validate=validate.Length(min=1, max=_MOST_VALUES, error="must hold 1 to {max} values"),
    )


class CorrectResultSchema(Form):
    """The value as it should have been; what is absent stays as it is."""

    value = Words(longest=64)
    unit = Words(longest=32)
    lower = Words(longest=64)
    upper = Words(longest=64)
    collected_on = Day()
    is_confirmed = Truth(load_default=False)
    reason = Words(longest=500, required=True)


class ResultsQuery(PageQuery):
    """Whose results, and perhaps of which analyte."""

    patient_id = Id(required=True)
    analyte = Words(longest=64, load_default=None)


class FindingSchema(Form):
    """What a value means for the treatment; none before values are judged."""

    rule = fields.String(required=True)
    level = fields.String(required=True)
    because = fields.String(required=True)
    source = fields.String(required=True)


class PanelReceiptSchema(Form):
    """The ids of the sheet and of its values, in the order they were sent.

    `findings` is what the values mean, and null where they are not judged: values are filed and credited, no more.
    """

    panel_id = Id(required=True)
    result_ids = fields.List(Id(), required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True, allow_none=True)


class ResultSchema(Form):
    """A value as it was typed and, in the canonical unit of its analyte, what it means."""

    id = Id(required=True)
    patient_id = Id(required=True)
    panel_id = Id(required=True)
    analyte = fields.String(required=True)
    value = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    canonical = Amount(required=True, allow_none=True)
    comparator = fields.String(required=True, allow_none=True)
    lower = fields.String(required=True, allow_none=True)
    upper = fields.String(required=True, allow_none=True)
    status = OneOf(*Status, required=True)
    is_confirmed = Truth(required=True)
    collected_on = Day(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class ResultPageSchema(PageSchema):
    """A page of results."""

    items = fields.List(fields.Nested(ResultSchema), required=True)
