"""`/patients`: register, list, show, change contact, consent to texts, death."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.change_contact import change_contact
from monitor.actions.give_sms_consent import give_sms_consent
from monitor.actions.record_death import record_death
from monitor.actions.register_patient import register_patient
from monitor.actions.withdraw_sms_consent import withdraw_sms_consent
from monitor.api.changing import changed
from monitor.api.paging import with_link
from monitor.api.routes import ETAG, LINK, LOCATION, Routes, at, names_its_version
from monitor.edge.house import at_work
from monitor.edge.preconditions import etag, seen_version
from monitor.overviews.pages import Page
from monitor.overviews.patients import Patient, PatientLine, patient, patients
from monitor.schemas.form import CreatedSchema, NothingSchema, ReasonSchema
from monitor.schemas.patients import (
    ContactSchema,
    DeathSchema,
    PatientPageSchema,
    PatientSchema,
    PatientsQuery,
    RegisterPatientSchema,
)

routes = Routes("patients", "People under care, and how to reach them.")
Answer = tuple[Patient, dict[str, str]]


@routes.route("", methods=["POST"])
@routes.arguments(RegisterPatientSchema)
@routes.response(201, CreatedSchema, headers=LOCATION)
def register(body: dict[str, Any]) -> tuple[dict[str, UUID], dict[str, str]]:
    """Register a patient of one of your sites."""
    with at_work() as work:
        patient_id = register_patient(work, **body)
    return {"id": patient_id}, at("patients.show", patient_id=patient_id)


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(PatientsQuery, location="query")
@routes.response(200, PatientPageSchema, headers=LINK)
def list_patients(query: dict[str, Any]) -> tuple[Page[PatientLine], dict[str, str]]:
    """The patients of your sites, in the order of their registration."""
    with at_work(only_reads=True) as work:
        page = patients(work, **query)
    return with_link(page)


@routes.route("/<uuid:patient_id>", methods=["GET"])
@routes.response(200, PatientSchema, headers=ETAG)
def show(patient_id: UUID) -> Answer:
    """One patient."""
    with at_work(only_reads=True) as work:
        found = patient(work, patient_id=patient_id)
    return found, etag(found.version)


@routes.route("/<uuid:patient_id>", methods=["PATCH"], endpoint="change_contact")
@routes.arguments(ContactSchema)
@routes.response(200, PatientSchema, headers=ETAG)
@names_its_version
def change(body: dict[str, Any], patient_id: UUID) -> Answer:
    """Change the phone number, the language or the time zone."""
    version = seen_version()
    with at_work() as work:
        before = patient(work, patient_id=patient_id)
        contact = {"phone": before.phone, "language": before.language, "timezone": before.timezone, **body}
        change_contact(work, patient_id=patient_id, expected_version=version, **contact)
        found = patient(work, patient_id=patient_id)
    return found, etag(found.version)


@routes.route("/<uuid:patient_id>/sms-consent", methods=["PUT"], endpoint="give_consent")
@routes.arguments(NothingSchema, required=False)
@routes.response(200, PatientSchema, headers=ETAG)
@names_its_version
def give(_body: dict[str, Any], patient_id: UUID) -> Answer:
    """The patient agrees to text messages."""
    return changed(give_sms_consent, patient, given={}, patient_id=patient_id)


@routes.route("/<uuid:patient_id>/sms-consent", methods=["DELETE"], endpoint="withdraw_consent")
@routes.arguments(ReasonSchema)
@routes.response(200, PatientSchema, headers=ETAG)
@names_its_version
def withdraw(body: dict[str, Any], patient_id: UUID) -> Answer:
    """The patient wants no more text messages; surveillance goes on unchanged."""
    return changed(withdraw_sms_consent, patient, given=body, patient_id=patient_id)


@routes.route("/<uuid:patient_id>/death", methods=["POST"])
@routes.arguments(DeathSchema)
@routes.response(200, PatientSchema, headers=ETAG)
@names_its_version
def death(body: dict[str, Any], patient_id: UUID) -> Answer:
    """The patient died: what is not done ends, and queued messages are cancelled."""
    return changed(record_death, patient, given=body, patient_id=patient_id)
