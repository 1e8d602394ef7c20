"""Forms about hand-overs between sites: prepare one, end it with a reason; and how they are shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.overviews.transfers import SIDES, STATES
from monitor.schemas.banner import PagePerhapsOfPatientSchema
from monitor.schemas.fields import Day, Id, Moment, OneOf, Whole, Words
from monitor.schemas.form import Form, PageQuery


class PrepareTransferSchema(Form):
    """This patient is to go to that site, with all treatments."""

    patient_id = Id(required=True)
    to_site_id = Id(required=True)
    reason = Words(longest=500, required=True)


class TransfersQuery(PageQuery):
    """Which side of them is ours, and how far they came."""

    side = OneOf(*SIDES, load_default=None)
    state = OneOf(*STATES, load_default=None)


class TransferSchema(Form):
    """A hand-over; who the patient is, and the reasons, stay null for a side that need not know, or no longer."""

    id = Id(required=True)
    patient_id = Id(required=True)
    family_name = fields.String(required=True, allow_none=True)
    given_name = fields.String(required=True, allow_none=True)
    birth_date = Day(required=True, allow_none=True)
    protocols = fields.List(fields.String(), required=True)
    from_site_id = Id(required=True)
    from_site = fields.String(required=True)
    to_site_id = Id(required=True)
    to_site = fields.String(required=True)
    state = OneOf(*STATES, required=True)
    reason = fields.String(required=True, allow_none=True)
    proposed_by = Id(required=True)
    proposed_at = Moment(required=True)
    decided_by = Id(required=True, allow_none=True)
    decided_at = Moment(required=True, allow_none=True)
    decision_reason = fields.String(required=True, allow_none=True)
    version = Whole(least=1, most=2**31 - 1, required=True)


class TransferPageSchema(PagePerhapsOfPatientSchema):
    """A page of hand-overs."""

    items = fields.List(fields.Nested(TransferSchema), required=True)
