"""What stands before a dose, as it goes out."""

from __future__ import annotations

from marshmallow import fields

from monitor.labs.gates import GateAnswer
from monitor.schemas.banner import AboutPatient
from monitor.schemas.fields import Day, Id, OneOf, Whole
from monitor.schemas.form import Form


class GatesQuery(Form):
    """The day on which the dose might be given; today where it is absent."""

    on = Day(load_default=None)


class KeptGateSchema(Form):
    """What one gate said of a dose: the fact that it stood on with its age in days, and on whose authority."""

    id = fields.String(required=True)
    answer = OneOf(*GateAnswer, required=True)
    because = fields.String(required=True)
    source = fields.String(required=True)
    found = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    on = Day(required=True, allow_none=True)
    age_days = Whole(least=0, most=100_000, required=True, allow_none=True)


class GateSchema(KeptGateSchema):
    """One gate before the next dose."""

    title = fields.String(required=True)


class GatesSchema(AboutPatient):
    """The gates of the next pending dose, what blocks first, then what asks; `key` and `answer` null where none is."""

    treatment_id = Id(required=True)
    key = fields.String(required=True, allow_none=True)
    on = Day(required=True)
    answer = OneOf(*GateAnswer, required=True, allow_none=True)
    gates = fields.List(fields.Nested(GateSchema), required=True)
