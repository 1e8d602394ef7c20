"""Whose audit is asked for, and how an entry is shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.banner import PageOfPatientSchema
from monitor.schemas.fields import Id, Moment, OneOf, Whole
from monitor.schemas.form import Form, PageQuery
from monitor.terms import Role


class AuditQuery(PageQuery):
    """Of which patient."""

    patient_id = Id(required=True)


class AuditEntrySchema(Form):
    """One change: who, in which role, what, about which row; neither values nor what somebody typed."""

    id = Whole(least=1, most=2**63 - 1, required=True)
    at = Moment(required=True)
    actor_id = Id(required=True)
    role = OneOf(*Role, required=True)
    site_id = Id(required=True, allow_none=True)
    action = fields.String(required=True, metadata={"example": "record_panel"})
    patient_id = Id(required=True)
    subject = fields.String(required=True, allow_none=True)


class AuditPageSchema(PageOfPatientSchema):
    """A page of the audit of one patient, the newest first."""

    items = fields.List(fields.Nested(AuditEntrySchema), required=True)
