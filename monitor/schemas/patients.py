"""Forms about a patient: registering, contact, consent and death; and how a patient is shown."""

from __future__ import annotations

from marshmallow import fields, validates_schema
from marshmallow.exceptions import ValidationError

from monitor.schedules.facts import Sex
from monitor.schemas.fields import Day, Id, Moment, OneOf, Truth, Whole, Words
from monitor.schemas.form import Form, PageQuery, PageSchema


class RegisterPatientSchema(Form):
    """A new patient of a site; `timezone` only where the patient lives in another zone than the site."""

    site_id = Id(required=True)
    family_name = Words(longest=120, required=True)
    given_name = Words(longest=120, required=True)
    birth_date = Day(required=True)
    sex = OneOf(*Sex, required=True)
    language = Words(longest=8, required=True)
    phone = Words(longest=32)
    timezone = Words(longest=64)
    childbearing_potential = Truth()


class ContactSchema(Form):
    """What changes in how to reach a patient; what is absent stays as it is, null removes it."""

    phone = Words(longest=32, allow_none=True)
    language = Words(longest=8)
    timezone = Words(longest=64, allow_none=True)

    @validates_schema
    def _changes_something(self, data: dict[str, object], **_: object) -> None:
        if not data:
            raise ValidationError("changes nothing")


class DeathSchema(Form):
    """The day of death: everything that is not done ends, and queued messages are cancelled."""

    on = Day(required=True)


class PatientsQuery(PageQuery):
    """Which patients."""

    site_id = Id(load_default=None)


class PatientLineSchema(Form):
    """A patient in a list."""

    id = Id(required=True)
    site_id = Id(required=True)
    family_name = fields.String(required=True)
    given_name = fields.String(required=True)
    birth_date = Day(required=True)
    died_on = Day(required=True, allow_none=True)
    created_at = Moment(required=True)


class PatientPageSchema(PageSchema):
    """A page of patients."""

    items = fields.List(fields.Nested(PatientLineSchema), required=True)


class PatientSchema(PatientLineSchema):
    """A patient and how to reach them."""

    sex = OneOf(*Sex, required=True)
    language = Words(longest=8, required=True)
    phone = fields.String(required=True, allow_none=True)
    timezone = fields.String(required=True, allow_none=True)
    childbearing_potential = Truth(required=True, allow_none=True)
    has_sms_consent = Truth(required=True)
    version = Whole(least=1, most=2**31 - 1, required=True)
