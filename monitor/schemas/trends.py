"""How the values of one analyte went, as it goes out: points, limits over time, action lines, doses."""

from __future__ import annotations

from marshmallow import fields

from monitor.drawing.trend_picture import LETTER, NARROWEST, WIDEST
from monitor.labs.quantities import Comparator
from monitor.labs.ranges import Range
from monitor.labs.values import NotDone
from monitor.schemas.banner import AboutPatient
from monitor.schemas.fields import Amount, Day, OneOf, Truth, Whole
from monitor.schemas.form import Form
from monitor.terms import Level

_HIGHEST = 99
JSON, SVG = "json", "svg"


class TrendQuery(Form):
    """From which day, and in which form; `width` and `language` are those of the picture."""

    format = OneOf(JSON, SVG, load_default=None)
    since = Day(load_default=None)
    language = OneOf("en", "fr", load_default="en")
    width = Whole(least=NARROWEST, most=WIDEST, in_query=True, load_default=LETTER)


class TrendPointSchema(Form):
    """One value in the canonical unit, or one step, with the limits between which it would be normal."""

    on = Day(required=True)
    value = Amount(required=True, allow_none=True)
    step = fields.String(required=True, allow_none=True)
    comparator = OneOf(*Comparator, required=True, allow_none=True)
    range = OneOf(*Range, required=True)
    lower = Amount(required=True, allow_none=True)
    upper = Amount(required=True, allow_none=True)
    uses_usual_range = Truth(required=True)
    is_preliminary = Truth(required=True)
    is_corrected = Truth(required=True)
    is_implausible = Truth(required=True)
    change_percent = Amount(required=True, allow_none=True)
    direction = OneOf("fall", "rise", required=True, allow_none=True)
    baseline_percent = Amount(required=True, allow_none=True)
    level = OneOf(*Level, required=True, allow_none=True)
    rules = fields.List(fields.String(), required=True)
    ref = fields.String(required=True, allow_none=True)
    slope_per_month = Amount(required=True, allow_none=True)


class LimitsSpanSchema(Form):
    """The limits from one sample until the next one with others; `is_fallback`: the laboratory printed none."""

    from_on = Day(required=True)
    until_on = Day(required=True)
    lower = Amount(required=True, allow_none=True)
    upper = Amount(required=True, allow_none=True)
    is_fallback = Truth(required=True)


class LineSpanSchema(Form):
    """Where a line lies from one day to another."""

    from_on = Day(required=True)
    until_on = Day(required=True)
    value = Amount(required=True)


class ActionLineSchema(Form):
    """A number, a multiple (`times`) of a limit (`of`) or a step from which a rule asks for something."""

    rule = fields.String(required=True)
    level = OneOf(*Level, required=True)
    side = OneOf("below", "at_most", "above", "at_least", required=True)
    of = OneOf("lln", "uln", required=True, allow_none=True)
    times = Amount(required=True, allow_none=True)
    step = fields.String(required=True, allow_none=True)
    action = fields.String(required=True)
    spans = fields.List(fields.Nested(LineSpanSchema), required=True)


class DoseMarkSchema(Form):
    """A dose that was given."""

    on = Day(required=True)
    course = Whole(least=1, most=_HIGHEST, required=True, allow_none=True)
    day = Whole(least=1, most=_HIGHEST, required=True, allow_none=True)


class FailureSchema(Form):
    """A sample that gave no value."""

    on = Day(required=True)
    reason = OneOf(*NotDone, required=True)


class TrendSchema(AboutPatient):
    """The series of one analyte; every number in its canonical unit, or in steps, lowest first."""

    analyte = fields.String(required=True)
    code = fields.String(required=True)
    name_en = fields.String(required=True)
    name_fr = fields.String(required=True)
    unit = fields.String(required=True, allow_none=True)
    steps = fields.List(fields.String(), required=True)
    from_on = Day(required=True)
    until_on = Day(required=True)
    baseline = Amount(required=True, allow_none=True)
    shows_baseline = Truth(required=True)
    points = fields.List(fields.Nested(TrendPointSchema), required=True)
    limits = fields.List(fields.Nested(LimitsSpanSchema), required=True)
    lines = fields.List(fields.Nested(ActionLineSchema), required=True)
    doses = fields.List(fields.Nested(DoseMarkSchema), required=True)
    failures = fields.List(fields.Nested(FailureSchema), required=True)
    slope_per_month = Amount(required=True, allow_none=True)
