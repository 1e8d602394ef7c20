"""Forms about who gets the texts about a patient: caregiver, choice, whose telephone a number is."""

from __future__ import annotations

from marshmallow import fields

from monitor.overviews.recipients import CHOICES, RECIPIENTS
from monitor.schemas.banner import AboutPatient
from monitor.schemas.fields import Id, Moment, OneOf, Truth, Whole, Words
from monitor.schemas.form import Form


class DesignateCaregiverSchema(Form):
    """Who looks after the patient; the number as people write it in the country of the site."""

    name = Words(longest=120, required=True)
    phone = Words(longest=32, required=True)
    language = Words(longest=8, required=True)


class ChooseRecipientsSchema(Form):
    """Whom the texts go to: the patient (`self`), the caregiver, or both."""

    recipients = OneOf(*CHOICES, required=True)


class ConfirmNumberSchema(Form):
    """That person was reached at this number, which is the one in the record."""

    recipient = OneOf(*RECIPIENTS, required=True)
    phone = Words(longest=32, required=True)


class WrongNumberSchema(ConfirmNumberSchema):
    """Somebody else answers at this number, which is the one in the record."""

    reason = Words(longest=500, required=True)


class ReachedSchema(Form):
    """How one person is reached; `lacks` says what keeps every text from them, null where nothing does."""

    phone = fields.String(required=True, allow_none=True)
    language = fields.String(required=True)
    has_sms_consent = Truth(required=True)
    number_confirmed_at = Moment(required=True, allow_none=True)
    is_wrong_number = Truth(required=True)
    lacks = fields.String(required=True, allow_none=True)


class CaregiverSchema(ReachedSchema):
    """Who looks after the patient."""

    id = Id(required=True)
    name = fields.String(required=True)
    designated_at = Moment(required=True)


class RecipientsSchema(AboutPatient):
    """Whom the texts go to, and how both of them are reached; `version` is that of the patient."""

    patient_id = Id(required=True)
    recipients = OneOf(*CHOICES, required=True)
    self = fields.Nested(ReachedSchema, required=True)
    caregiver = fields.Nested(CaregiverSchema, required=True, allow_none=True)
    version = Whole(least=1, most=2**31 - 1, required=True)
