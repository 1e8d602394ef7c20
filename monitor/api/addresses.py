"""`/patients/…/addresses`: where letters to a patient and to the family doctor are posted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.set_address import set_address
from monitor.api.changing import changed
from monitor.api.problem_api import PREFIX
from monitor.api.routes import ETAG, Routes, names_its_version
from monitor.edge.house import at_work
from monitor.overviews.addresses import Address, addresses
from monitor.overviews.pages import Page
from monitor.overviews.patients import Patient, patient
from monitor.schemas.letters import AddressesSchema, AddressSchema
from monitor.schemas.patients import PatientSchema

routes = Routes("addresses", "Where letters go.", prefix=f"{PREFIX}/patients/<uuid:patient_id>")


@routes.route("", methods=["PUT"])
@routes.arguments(AddressSchema)
@routes.response(200, PatientSchema, headers=ETAG)
@names_its_version
def set(body: dict[str, Any], patient_id: UUID) -> tuple[Patient, dict[str, str]]:
    """Note an address; what stood there before stays readable."""
    return changed(set_address, patient, given=body, patient_id=patient_id)


@routes.route("", methods=["GET"], endpoint="list")
@routes.response(200, AddressesSchema)
def list_addresses(patient_id: UUID) -> Page[Address]:
    """Where letters about the patient go, the newest first; the first one of each addressee counts."""
    with at_work(only_reads=True) as work:
        return addresses(work, patient_id=patient_id)
