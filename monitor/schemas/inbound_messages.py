"""Which texts to us are asked for, and how one is shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.overviews.inbound_messages import ANSWERS, READINGS
from monitor.schemas.banner import PagePerhapsOfPatientSchema, PerhapsAboutPatient
from monitor.schemas.fields import Id, Moment, OneOf, Whole
from monitor.schemas.form import Form, PageQuery


class InboundMessagesQuery(PageQuery):
    """Of which patient, or read as what."""

    patient_id = Id(load_default=None)
    read_as = OneOf(*READINGS, load_default=None)


class InboundMessageSchema(Form):
    """A text to us, what it was read as, and what was answered by itself; without patients nobody has that number.

    `sender` and `text` are null for whoever may not read them. `media` counts pictures, none of which is kept.
    """

    id = Id(required=True)
    sender = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)
    media = Whole(least=0, most=99, required=True)
    received_at = Moment(required=True)
    read_as = OneOf(*READINGS, required=True)
    answer = OneOf(*ANSWERS, required=True, allow_none=True)
    patient_ids = fields.List(Id(), required=True)


class OneInboundMessageSchema(PerhapsAboutPatient, InboundMessageSchema):
    """One text to us, and whose number it came from where that is one patient's."""


class InboundMessagePageSchema(PagePerhapsOfPatientSchema):
    """A page of texts to us, the newest first."""

    items = fields.List(fields.Nested(InboundMessageSchema), required=True)
