"""Which text messages are asked for, and how one is shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.overviews.messages import STATES
from monitor.schemas.banner import PagePerhapsOfPatientSchema, PerhapsAboutPatient
from monitor.schemas.fields import Day, Id, Moment, OneOf, Truth, Whole
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


class TrySchema(Form):
    """One call to the provider; `outcome` is null while it runs."""

    started_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    provider_sid = fields.String(required=True, allow_none=True)
    error_code = fields.String(required=True, allow_none=True)


class CarriedReminderSchema(Form):
    """One step of one item that the text is about: so many days before or after it is due."""

    treatment_id = Id(required=True)
    item_key = fields.String(required=True)
    due_on = Day(required=True)
    step = fields.Integer(required=True)
    outcome = fields.String(required=True)


class MessageNoteSchema(Form):
    """What was done about it; `why` is null for whoever may not read the text."""

    at = Moment(required=True)
    action = fields.String(required=True)
    role = fields.String(required=True)
    why = fields.String(required=True, allow_none=True)


class MessageTaskSchema(Form):
    """An alert about what a text could not do; `because` is null for whoever may not read the text."""

    id = Id(required=True)
    topic = fields.String(required=True)
    level = fields.String(required=True)
    because = fields.String(required=True, allow_none=True)
    opened_at = Moment(required=True)
    acknowledged_at = Moment(required=True, allow_none=True)
    closed_at = Moment(required=True, allow_none=True)


class OneMessageSchema(PerhapsAboutPatient, MessageSchema):
    """One message, whose it is, and its life: each attempt, note and task, the oldest first.

    `look_at`: when the provider is asked next; `empty_looks` in a row did not find it; `resends`: one copy more was let
    out. `reminders` is empty for whoever may not read the text.
    """

    look_at = Moment(required=True, allow_none=True)
    empty_looks = Whole(least=0, most=2**31 - 1, required=True)
    resends = Whole(least=0, most=1, required=True)
    tries = fields.List(fields.Nested(TrySchema), required=True)
    reminders = fields.List(fields.Nested(CarriedReminderSchema), required=True)
    notes = fields.List(fields.Nested(MessageNoteSchema), required=True)
    tasks = fields.List(fields.Nested(MessageTaskSchema), required=True)


class SettledSchema(Form):
    """So many came into this state."""

    state = OneOf(*STATES, required=True)
    count = Whole(least=1, most=2**31 - 1, required=True)


class ReconcileSchema(Form):
    """From the oldest on (null), or from after the message that the last answer named as `next`."""

    after = Id(required=True, allow_none=True)


class ReconciledSchema(Form):
    """What the provider said: of so many it was asked, so many are settled by it, so many were not asked about.

    `unanswered`: it could not be asked, and nobody asked on. `next`: to be sent back as `after`, so that the next ones
    are asked about; null: none is left. `list_shows`: whether its list shows what is there; null:
    nothing is known to be there. `why_not`: why nothing was asked at all.
    """

    is_done = Truth(required=True)
    asked = Whole(least=0, most=2**31 - 1, required=True)
    settled = fields.List(fields.Nested(SettledSchema), required=True)
    unanswered = Whole(least=0, most=2**31 - 1, required=True)
    left = Whole(least=0, most=2**31 - 1, required=True)
    next = Id(required=True, allow_none=True)
    list_shows = Truth(required=True, allow_none=True)
    why_not = fields.String(required=True, allow_none=True)


class MessagePageSchema(PagePerhapsOfPatientSchema):
    """A page of messages, the newest first."""

    items = fields.List(fields.Nested(MessageSchema), required=True)
