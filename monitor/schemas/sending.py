"""How the sending of texts stands, and how somebody stops it or lets it go on."""

from __future__ import annotations

from marshmallow import fields

from monitor.overviews.sending import Stop
from monitor.schemas.fields import Id, Moment, OneOf, Truth, Whole
from monitor.schemas.form import Form, ReasonSchema
from monitor.schemas.health import CheckSchema

_MOST = 2**31 - 1


class PauseSendingSchema(ReasonSchema):
    """Why nothing may leave."""


class ResumeSendingSchema(ReasonSchema):
    """Which pause ends, as it was seen, and why."""

    pause_id = Id(required=True)


class SendingStopSchema(Form):
    """One thing that keeps texts from leaving: a person, a restored database, the line, a clock, or no transport.

    `pause_id` and `by` where a person said so; `tries_again_at` where one text will try by itself.
    """

    what = OneOf(*(stop.value for stop in Stop), required=True)
    why = fields.String(required=True)
    since = Moment(required=True)
    tries_again_at = Moment(required=True, allow_none=True)
    pause_id = Id(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)


class SiteTodaySchema(Form):
    """How many texts of a site left on its present day, and how many may before the line stops."""

    site_id = Id(required=True)
    sent_today = Whole(least=0, most=_MOST, required=True)
    at_most = Whole(least=0, most=_MOST, required=True)


class SendingSchema(Form):
    """Whether texts leave now; the counts and sites are those of whoever asks."""

    is_open = Truth(required=True)
    stops = fields.List(fields.Nested(SendingStopSchema), required=True)
    pending = Whole(least=0, most=_MOST, required=True)
    sending = Whole(least=0, most=_MOST, required=True)
    uncertain = Whole(least=0, most=_MOST, required=True)
    sites = fields.List(fields.Nested(SiteTodaySchema), required=True)
    signs = fields.List(fields.Nested(CheckSchema), required=True)
