"""Forms about the dossier of a treatment: a statement in one of its sections, and how the whole is shown."""

from __future__ import annotations

from marshmallow import fields

from monitor.dossier.drug import DrugKind
from monitor.dossier.sections import SECTIONS
from monitor.schemas.banner import AboutPatient, PageOfPatientSchema
from monitor.schemas.fields import Id, Moment, OneOf, Truth, Words
from monitor.schemas.form import Form, PageQuery
from monitor.schemas.json_object import JsonObject

_STRUCTURES = tuple(section.structure for section in SECTIONS.values())


class RecordDossierEntrySchema(Form):
    """A statement: `content` in the form of its section."""

    section = OneOf(*SECTIONS, required=True)
    content = JsonObject(*_STRUCTURES, required=True)


class CorrectDossierEntrySchema(Form):
    """The whole of what is right; the row that was wrong stays readable."""

    content = JsonObject(*_STRUCTURES, required=True)
    reason = Words(longest=500, required=True)


class DossierEntriesQuery(PageQuery):
    """All sections, or one."""

    section = OneOf(*SECTIONS, load_default=None)


class DossierEntrySchema(Form):
    """A statement as it is stored; `content` holds what was said, and nothing for what was not."""

    id = Id(required=True)
    treatment_id = Id(required=True)
    section = OneOf(*SECTIONS, required=True)
    content = JsonObject(*_STRUCTURES, required=True)
    is_retraction = Truth(required=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by = Id(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class DossierEntryPageSchema(PageOfPatientSchema):
    """A page of statements."""

    items = fields.List(fields.Nested(DossierEntrySchema), required=True)


class StandingEntrySchema(Form):
    """A statement that stands; `kind` says of a drug when it was taken, seen from the first dose."""

    id = Id(required=True)
    content = JsonObject(*_STRUCTURES, required=True)
    kind = OneOf(*DrugKind, required=True, allow_none=True)
    replaces_id = Id(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    recorded_by = Id(required=True)
    recorded_at = Moment(required=True)


class FilledSectionSchema(Form):
    """A section and what stands in it; where `is_single`, a second statement must correct the first."""

    section = OneOf(*SECTIONS, required=True)
    is_single = Truth(required=True)
    entries = fields.List(fields.Nested(StandingEntrySchema), required=True)


class DossierSchema(AboutPatient):
    """Every section that the protocol of the treatment has, empty ones too."""

    treatment_id = Id(required=True)
    sections = fields.List(fields.Nested(FilledSectionSchema), required=True)
