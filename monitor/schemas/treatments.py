"""Forms about a treatment: start, suspend, resume, stop; and how it and its calendar are shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.protocols.checks import PROFILES
from monitor.schedules.calendar import Kind, State
from monitor.schemas.banner import AboutPatient, PagePerhapsOfPatientSchema
from monitor.schemas.fields import Day, Hour, Id, Moment, OneOf, Whole, Words
from monitor.schemas.form import Form, PageQuery
from monitor.terms import Audience, Level


class StartTreatmentSchema(Form):
    """One patient on one protocol (`tofersen`: its newest version) from the date agreed for the first dose."""

    patient_id = Id(required=True)
    protocol = Words(longest=64, required=True)
    profile = OneOf(*PROFILES, load_default="eu")
    started_on = Day(required=True)


class SuspendTreatmentSchema(Form):
    """Doses wait from that day on; surveillance does not."""

    on = Day(required=True)
    reason = Words(longest=500, required=True)


class ResumeTreatmentSchema(Form):
    """Doses go on from that day."""

    on = Day(required=True)


class StopTreatmentSchema(Form):
    """No more doses from that day on; surveillance that is owed goes on."""

    on = Day(required=True)
    reason = Words(longest=500, required=True)


class TreatmentsQuery(PageQuery):
    """Which treatments."""

    patient_id = Id(load_default=None)


class CalendarQuery(Form):
    """How far doses are planned; a year from today where it is absent."""

    until = Day(load_default=None)


class TreatmentSchema(Form):
    """A treatment: one patient on one pinned protocol version."""

    id = Id(required=True)
    patient_id = Id(required=True)
    site_id = Id(required=True)
    protocol = fields.String(required=True)
    profile = OneOf(*PROFILES, required=True)
    started_on = Day(required=True)
    surveillance_ends_on = Day(required=True, allow_none=True)
    version = Whole(least=1, most=2**31 - 1, required=True)
    created_at = Moment(required=True)


class OneTreatmentSchema(AboutPatient, TreatmentSchema):
    """One treatment, and whose it is."""


class TreatmentPageSchema(PagePerhapsOfPatientSchema):
    """A page of treatments."""

    items = fields.List(fields.Nested(TreatmentSchema), required=True)


class CalendarItemSchema(Form):
    """One piece of care, with the names of the `simulate` command.

    Beside them `time` and `place` of the visit agreed for it, and `waiting_since`, the day of a sample whose result is
    awaited.
    """

    key = fields.String(required=True)
    stream = fields.String(required=True)
    kind = OneOf(*Kind, required=True)
    due_on = Day(required=True)
    suggested_on = Day(required=True)
    opens_on = Day(required=True)
    closes_on = Day(required=True, allow_none=True)
    state = OneOf(*State, required=True)
    done_on = Day(required=True, allow_none=True)
    moved_from = Day(required=True, allow_none=True)
    blocked_by = fields.List(fields.String(), required=True)
    because = fields.String(required=True)
    source = fields.String(required=True)
    time = Hour(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    waiting_since = Day(required=True, allow_none=True)


class CalendarAlertSchema(Form):
    """Somebody must act: the cause, for whom, how soon, since when."""

    topic = fields.String(required=True)
    audience = OneOf(*Audience, required=True)
    level = OneOf(*Level, required=True)
    since = Day(required=True)
    because = fields.String(required=True)
    source = fields.String(required=True)


class CalendarWarningSchema(Form):
    """A contradiction or a risk in the facts themselves."""

    code = fields.String(required=True)
    item = fields.String(required=True, allow_none=True)
    because = fields.String(required=True)
    source = fields.String(required=True)


class CalendarNextSchema(Form):
    """The next due dates, whatever `until` says."""

    dose = Day(required=True, allow_none=True, attribute="next_dose")
    lab = Day(required=True, allow_none=True, attribute="next_lab")


class CalendarSchema(AboutPatient):
    """The calendar of one treatment on one day."""

    treatment_id = Id(required=True)
    protocol = fields.String(required=True)
    profile = OneOf(*PROFILES, required=True)
    on = Day(required=True)
    until = Day(required=True)
    items = fields.List(fields.Nested(CalendarItemSchema), required=True)
    upcoming = fields.List(fields.Nested(CalendarItemSchema), required=True)
    surveillance_ends_on = Day(required=True, allow_none=True, attribute="forecast.surveillance_ends_on")
    next = fields.Nested(CalendarNextSchema, required=True, attribute="forecast")
    alerts = fields.List(fields.Nested(CalendarAlertSchema), required=True, attribute="forecast.alerts")
    warnings = fields.List(fields.Nested(CalendarWarningSchema), required=True, attribute="forecast.warnings")
