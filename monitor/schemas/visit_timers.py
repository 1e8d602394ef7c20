"""What is timed inside a visit, as it is asked for and as it goes out."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.banner import AboutPatient
from monitor.schemas.fields import Id, Moment, Truth
from monitor.schemas.form import Form


class VisitTimersQuery(Form):
    """When the dose began or will begin, and when it ended where it has; in an address, a plus is written `%2B`."""

    began_at = Moment(required=True)
    ended_at = Moment(load_default=None)


class PromptSchema(Form):
    """Something to do, when, and on whose authority; `local_at` is the same moment at the site."""

    timer = fields.String(required=True)
    title = fields.String(required=True)
    at = Moment(required=True)
    local_at = Moment(required=True)
    source = fields.String(required=True)


class VisitTimersSchema(AboutPatient):
    """The prompts in order of time; the visit is closed at `may_close_at` at the earliest, null while the dose runs."""

    treatment_id = Id(required=True)
    began_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    is_first_dose = Truth(required=True)
    prompts = fields.List(fields.Nested(PromptSchema), required=True)
    may_close_at = Moment(required=True, allow_none=True)
    may_close_local_at = Moment(required=True, allow_none=True)
    waits_for = fields.List(fields.String(), required=True)
