"""How long and how regularly somebody has been treated, as it goes out."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.banner import AboutPatient
from monitor.schemas.fields import Amount, Day, Truth, Whole
from monitor.schemas.form import Form

MOST_DAYS = 366 * 300  # from the first year that a record accepts to the last


class IntervalSchema(Form):
    """From one dose to the next: days, deviation from what the label asks for, whether it came on time."""

    days = Whole(least=1, most=MOST_DAYS, required=True)
    deviation = Whole(least=-MOST_DAYS, most=MOST_DAYS, required=True)
    is_on_time = Truth(required=True)


class ExposureSchema(AboutPatient):
    """Doses given, days and months of treatment; means in days, null without an interval."""

    doses = Whole(least=0, most=MOST_DAYS, required=True)
    first_on = Day(required=True, allow_none=True)
    until = Day(required=True, allow_none=True)
    days = Whole(least=0, most=MOST_DAYS, required=True)
    months = Amount(required=True)
    intervals = fields.List(fields.Nested(IntervalSchema), required=True)
    mean_interval = Amount(required=True, allow_none=True)
    mean_deviation = Amount(required=True, allow_none=True)
