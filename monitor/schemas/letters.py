"""Forms about letters: record one that was posted, take it back, set an address; and how they are listed."""

from __future__ import annotations

from marshmallow import fields, validate

from monitor.actions.set_address import LONGEST_LINE, MOST_LINES
from monitor.overviews.asked_letters import SENT, TO_SEND
from monitor.schedules.letters import Addressee
from monitor.schemas.appointments import MOST_KEYS
from monitor.schemas.banner import AboutPatient, PageOfPatientSchema, PagePerhapsOfPatientSchema
from monitor.schemas.fields import Day, Id, Moment, OneOf, Truth, Words
from monitor.schemas.form import Form, PageQuery


class RecordLetterSchema(Form):
    """A letter was posted, today where no day is given; `keys`: what stands in it, as `letters/asked` showed it.

    `is_registered` must be said where a registered letter is asked for; elsewhere a plain one is meant.
    """

    treatment_id = Id(required=True)
    to = OneOf(*Addressee, required=True)
    keys = fields.List(Words(longest=64), required=True, validate=validate.Length(min=1, max=MOST_KEYS))
    sent_on = Day(load_default=None)
    is_registered = Truth(load_default=None)


class LettersQuery(PageQuery):
    """Of which treatment."""

    treatment_id = Id(required=True)


class SheetQuery(Form):
    """Of which treatment, to whom, and in which language; the reader's where none is named."""

    treatment_id = Id(required=True)
    to = OneOf(*Addressee, required=True)
    language = Words(longest=8, load_default=None)


class LetterSchema(Form):
    """A letter as its posting is stored; `replaced_by` names the retraction that took it back."""

    id = Id(required=True)
    treatment_id = Id(required=True)
    to = OneOf(*Addressee, required=True)
    keys = fields.List(fields.String(), required=True)
    sent_on = Day(required=True)
    is_registered = Truth(required=True)
    reason = fields.String(required=True, allow_none=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class LetterPageSchema(PageOfPatientSchema):
    """A page of letters that were posted."""

    items = fields.List(fields.Nested(LetterSchema), required=True)


class AskedLettersQuery(PageQuery):
    """Those to be sent, unless those that were are asked for; of which site or patient."""

    state = OneOf(TO_SEND, SENT, load_default=TO_SEND)
    site_id = Id(load_default=None)
    patient_id = Id(load_default=None)


class AskedLetterSchema(Form):
    """A letter that is asked for since a day; `sent_on` is null as long as something in it was not posted."""

    treatment_id = Id(required=True)
    to = OneOf(*Addressee, required=True)
    patient_id = Id(required=True)
    site_id = Id(required=True)
    family_name = fields.String(required=True)
    given_name = fields.String(required=True)
    keys = fields.List(fields.String(), required=True)
    since = Day(required=True)
    is_registered = Truth(required=True)
    sent_on = Day(required=True, allow_none=True)


class AskedLetterPageSchema(PagePerhapsOfPatientSchema):
    """A page of letters that are asked for."""

    items = fields.List(fields.Nested(AskedLetterSchema), required=True)


class LetterOfAlertSchema(Form):
    """What an alert says of a letter that its ladder asks for."""

    to = OneOf(*Addressee, required=True)
    since = Day(required=True)
    is_registered = Truth(required=True)
    sent_on = Day(required=True, allow_none=True)


class AddressSchema(Form):
    """Where letters go, line by line as it stands in the window of an envelope; no line: nobody knows it any more."""

    to = OneOf(*Addressee, required=True)
    lines = fields.List(Words(longest=LONGEST_LINE), required=True, validate=validate.Length(max=MOST_LINES))


class NotedAddressSchema(AddressSchema):
    """An address as it was noted; the first one of each addressee counts."""

    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class AddressesSchema(AboutPatient, Form):
    """Where letters about a patient go, and went."""

    items = fields.List(fields.Nested(NotedAddressSchema), required=True)
