"""Which text messages are asked for, and how one is shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.overviews.messages import STATES
from monitor.schemas.banner import PagePerhapsOfPatientSchema, PerhapsAboutPatient
from monitor.schemas.fields import Day, Id, Moment, OneOf, Whole
from monitor.schemas.form import Form, PageQuery


class MessagesQuery(PageQuery):
    """Of which patient, or in which state."""

    patient_id = Id(load_default=None)
    state = OneOf(*STATES, load_default=None)


class MessageSchema(Form):
    """A message and how far it came; `text` and `phone` are null for whoever may not read them."""

    id = Id(required=True)
    patient_id = Id(required=True)
    site_id = Id(required=True)
    recipient = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)
    local_day = Day(required=True)
    purpose = fields.String(required=True)
    language = fields.String(required=True)
    text = fields.String(required=True, allow_none=True)
    reference = fields.String(required=True)
    state = OneOf(*STATES, required=True)
    not_before_at = Moment(required=True)
    deadline_at = Moment(required=True)
    attempts = Whole(least=0, most=2**31 - 1, required=True)
    error_code = fields.String(required=True, allow_none=True)
    because = fields.String(required=True, allow_none=True)
    created_at = Moment(required=True)
    settled_at = Moment(required=True, allow_none=True)


class OneMessageSchema(PerhapsAboutPatient, MessageSchema):
    """One message, and whose it is."""


class MessagePageSchema(PagePerhapsOfPatientSchema):
    """A page of messages, the newest first."""

    items = fields.List(fields.Nested(MessageSchema), required=True)
