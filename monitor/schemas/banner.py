"""Whose record an answer shows: the member `patient` of every answer about one patient."""

from __future__ import annotations

from marshmallow import fields

from monitor.schemas.fields import Day, Id
from monitor.schemas.form import CreatedSchema, Form, PageSchema


class PatientBannerSchema(Form):
    """Who it is. Names and birth date are null for whoever may not read them."""

    id = Id(required=True)
    family_name = fields.String(required=True, allow_none=True)
    given_name = fields.String(required=True, allow_none=True)
    birth_date = Day(required=True, allow_none=True)


class AboutPatient(Form):
    """Of an answer about one patient; the door fills it in (`monitor.api.routes`)."""

    patient = fields.Nested(PatientBannerSchema, required=True, dump_default=None)


class PerhapsAboutPatient(Form):
    """Of an answer that may be about one patient, or about one whose record was handed over since; else null."""

    patient = fields.Nested(PatientBannerSchema, required=True, allow_none=True, dump_default=None)


class PageOfPatientSchema(AboutPatient, PageSchema):
    """A page of things that are all of one patient."""


class PagePerhapsOfPatientSchema(PerhapsAboutPatient, PageSchema):
    """A page of things of one patient where one was asked for, else of many."""


class FiledSchema(AboutPatient, CreatedSchema):
    """What was filed has this id, and it is this patient's."""
