"""Which alerts are asked for, what may be done to one, and how one and the ledger of them are shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.notices.alert_life import ClosingAction
from monitor.overviews.alerts import STATES
from monitor.overviews.told import MAIL_STATES, WAYS
from monitor.schemas.banner import PagePerhapsOfPatientSchema, PerhapsAboutPatient
from monitor.schemas.fields import Day, Id, Moment, OneOf, Truth, Whole, Words
from monitor.schemas.form import Form, PageQuery
from monitor.schemas.letters import LetterOfAlertSchema
from monitor.terms import Audience, Level

_MANY = 2**31 - 1


class AlertsQuery(PageQuery):
    """Open alerts that nobody put off, unless others are asked for; `mine`: `true` for those addressed to you now."""

    state = OneOf(*STATES, load_default="open")
    mine = OneOf("true", "false", load_default="false")
    site_id = Id(load_default=None)
    patient_id = Id(load_default=None)
    audience = OneOf(*Audience, load_default=None)
    level = OneOf(*Level, load_default=None)


class CloseAlertSchema(Form):
    """What was done about it, and why that settles it."""

    action = OneOf(*ClosingAction, required=True)
    reason = Words(longest=500, required=True)


class SnoozeAlertSchema(Form):
    """Until when it may wait: at most an hour if critical, a day if urgent, a week if soon, 30 days if info."""

    until = Moment(required=True)
    reason = Words(longest=500, required=True)


class ColleagueSchema(Form):
    """Somebody of the staff."""

    id = Id(required=True)
    name = fields.String(required=True, metadata={"example": "Nora Hellemans"})


class AlertSchema(Form):
    """One cause for one function to act."""

    id = Id(required=True)
    treatment_id = Id(required=True, allow_none=True)
    patient_id = Id(required=True)
    site_id = Id(required=True)
    topic = fields.String(required=True)
    audience = OneOf(*Audience, required=True)
    level = OneOf(*Level, required=True)
    since = Day(required=True)
    because = fields.String(required=True)
    source = fields.String(required=True)
    analyte = fields.String(required=True, allow_none=True)
    numbers = fields.Dict(keys=fields.String(), values=fields.String(), required=True, allow_none=True)
    action = fields.String(required=True, allow_none=True, metadata={"example": "repeat the blood count today"})
    clears = fields.String(required=True, allow_none=True)
    evidence = Id(required=True, allow_none=True)
    holds = Truth(required=True)
    eased_because = fields.String(required=True, allow_none=True)
    opened_at = Moment(required=True)
    acknowledge_by = Moment(required=True, allow_none=True)
    step = Whole(least=0, most=_MANY, required=True)
    escalated_at = Moment(required=True, allow_none=True)
    addressed_to = fields.List(fields.Nested(ColleagueSchema), required=True)
    letters = fields.List(fields.Nested(LetterOfAlertSchema), required=True)
    acknowledged_at = Moment(required=True, allow_none=True)
    acknowledged_by = Id(required=True, allow_none=True)
    snoozed_until = Moment(required=True, allow_none=True)
    snoozed_by = Id(required=True, allow_none=True)
    snooze_reason = fields.String(required=True, allow_none=True)
    closed_at = Moment(required=True, allow_none=True)
    closed_by = Id(required=True, allow_none=True)
    closing_action = OneOf(*ClosingAction, required=True, allow_none=True)
    closing_reason = fields.String(required=True, allow_none=True)
    superseded_by = Id(required=True, allow_none=True)
    follows_id = Id(required=True, allow_none=True)
    version = Whole(least=1, most=_MANY, required=True)


class OneAlertSchema(PerhapsAboutPatient, AlertSchema):
    """One alert, and whose it is."""


class AlertPageSchema(PagePerhapsOfPatientSchema):
    """A page of alerts, the most pressing first."""

    items = fields.List(fields.Nested(AlertSchema), required=True)


class ToldSchema(Form):
    """A colleague who was told once of one call of an alert; `mail`: how far that came."""

    colleague = fields.Nested(ColleagueSchema, required=True)
    call = Whole(least=1, most=_MANY, required=True)
    step = Whole(least=0, most=_MANY, required=True)
    at = Moment(required=True)
    way = OneOf(*WAYS, required=True)
    mail = OneOf(*MAIL_STATES, required=True, allow_none=True)


class ToldOfAlertSchema(PerhapsAboutPatient, Form):
    """Who was told of an alert, each time that it called for somebody."""

    alert_id = Id(required=True)
    told = fields.List(fields.Nested(ToldSchema), required=True)


class LedgerQuery(Form):
    """Which site, from a day to the day before another."""

    site_id = Id(required=True)
    from_on = Day(required=True, data_key="from")
    until_on = Day(required=True, data_key="until")


class RuleLedgerSchema(Form):
    """The alerts of one topic; the times are seconds until a person saw one, over those that were seen."""

    topic = fields.String(required=True)
    fired = Whole(least=0, most=_MANY, required=True)
    acted_on = Whole(least=0, most=_MANY, required=True)
    dismissed = Whole(least=0, most=_MANY, required=True)
    superseded = Whole(least=0, most=_MANY, required=True)
    settled = Whole(least=0, most=_MANY, required=True)
    open = Whole(least=0, most=_MANY, required=True)
    seen = Whole(least=0, most=_MANY, required=True)
    mean_to_see = Whole(least=0, most=_MANY, required=True, allow_none=True)
    median_to_see = Whole(least=0, most=_MANY, required=True, allow_none=True)
    longest_to_see = Whole(least=0, most=_MANY, required=True, allow_none=True)


class LedgerSchema(Form):
    """How each rule fared at a site."""

    site_id = Id(required=True)
    from_on = Day(required=True, data_key="from")
    until_on = Day(required=True, data_key="until")
    rules = fields.List(fields.Nested(RuleLedgerSchema), required=True)
