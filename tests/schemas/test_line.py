"""The quick way of showing a page gives what marshmallow's own way gives."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from marshmallow import Schema, fields

from monitor.schemas import (
    administrations,
    agenda,
    alerts,
    assessments,
    dossier,
    events,
    follow_up_forms,
    messages,
    patients,
    results,
    treatments,
)
from monitor.schemas.fields import Amount, Hour
from monitor.schemas.form import PageSchema
from monitor.schemas.json_object import JsonObject

PAGES: tuple[type[PageSchema], ...] = (
    administrations.AdministrationPageSchema,
    agenda.AgendaPageSchema,
    alerts.AlertPageSchema,
    assessments.AssessmentPageSchema,
    dossier.DossierEntryPageSchema,
    events.EventPageSchema,
    follow_up_forms.FormOfDosePageSchema,
    messages.MessagePageSchema,
    patients.PatientPageSchema,
    results.ResultPageSchema,
    treatments.TreatmentPageSchema,
)
MOMENT = dt.datetime(2026, 6, 15, 9, 30, 0, 250, tzinfo=dt.UTC)


EXAMPLES: tuple[tuple[type[fields.Field[Any]], object], ...] = (
    (fields.AwareDateTime, MOMENT),
    (fields.Date, MOMENT.date()),
    (Hour, MOMENT.time()),
    (fields.UUID, UUID(int=7)),
    (fields.Integer, 3),
    (fields.Boolean, False),
    (fields.Dict, {"value": "80"}),
    (JsonObject, {"on": "2026-06-15", "words": ["é"]}),
    (Amount, Decimal("134.0")),
)


def example(field: fields.Field[Any]) -> object:
    """A value such as the database would give for this field."""
    if isinstance(field, fields.List):
        return (example(field.inner),)
    if isinstance(field, fields.Nested):
        return SimpleNamespace(**{name: example(inner) for name, inner in field.schema.fields.items()})
    return next((value for kind, value in EXAMPLES if isinstance(field, kind)), "é <5")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("is_empty", (True, False))
def test_it_shows_what_marshmallow_shows(page: type[PageSchema], is_empty: bool) -> None:  # noqa: FBT001
    schema = page()
    listed = schema.fields["items"]
    assert isinstance(listed, fields.List)
    assert isinstance(listed.inner, fields.Nested)
    members = listed.inner.schema.fields
    item = SimpleNamespace(
        **{name: None if is_empty and field.allow_none else example(field) for name, field in members.items()}
    )
    whole = SimpleNamespace(items=(item,), next="cursor")

    assert schema.dump(whole) == Schema.dump(schema, whole)
