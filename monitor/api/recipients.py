"""`/patients/…/recipients`: who gets the texts about a patient, the caregiver, and whose telephone a number is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.choose_recipients import choose_recipients
from monitor.actions.confirm_number import confirm_number
from monitor.actions.designate_caregiver import designate_caregiver
from monitor.actions.end_caregiver import end_caregiver
from monitor.actions.give_caregiver_consent import give_caregiver_consent
from monitor.actions.report_wrong_number import report_wrong_number
from monitor.actions.withdraw_caregiver_consent import withdraw_caregiver_consent
from monitor.api.changing import changed
from monitor.api.problem_api import PREFIX
from monitor.api.routes import ETAG, Routes, names_its_version
from monitor.edge.house import at_work
from monitor.edge.preconditions import etag
from monitor.overviews.recipients import Recipients, recipients
from monitor.schemas.form import NothingSchema, ReasonSchema
from monitor.schemas.recipients import (
    ChooseRecipientsSchema,
    ConfirmNumberSchema,
    DesignateCaregiverSchema,
    RecipientsSchema,
    WrongNumberSchema,
)

routes = Routes("recipients", "Who gets the texts about a patient.", prefix=f"{PREFIX}/patients/<uuid:patient_id>")
Answer = tuple[Recipients, dict[str, str]]


@routes.route("", methods=["GET"])
@routes.response(200, RecipientsSchema, headers=ETAG)
def show(patient_id: UUID) -> Answer:
    """Whom the texts go to, and how each of them is reached."""
    with at_work(only_reads=True) as work:
        found = recipients(work, patient_id=patient_id)
    return found, etag(found.version)


@routes.route("", methods=["PUT"])
@routes.arguments(ChooseRecipientsSchema)
@routes.response(200, RecipientsSchema, headers=ETAG)
@names_its_version
def choose(body: dict[str, Any], patient_id: UUID) -> Answer:
    """Choose whom the texts go to; nobody else gets one, and whoever cannot be reached becomes a task."""
    return changed(choose_recipients, recipients, given=body, patient_id=patient_id)


@routes.route("/caregiver", methods=["PUT"], endpoint="designate_caregiver")
@routes.arguments(DesignateCaregiverSchema)
@routes.response(200, RecipientsSchema, headers=ETAG)
@names_its_version
def designate(body: dict[str, Any], patient_id: UUID) -> Answer:
    """Designate a caregiver; nothing is sent there yet."""
    return changed(designate_caregiver, recipients, given=body, patient_id=patient_id)


@routes.route("/caregiver", methods=["DELETE"], endpoint="end_caregiver")
@routes.arguments(ReasonSchema)
@routes.response(200, RecipientsSchema, headers=ETAG)
@names_its_version
def end(body: dict[str, Any], patient_id: UUID) -> Answer:
    """End the designation; who gets the texts is for the patient to choose again."""
    return changed(end_caregiver, recipients, given=body, patient_id=patient_id)


@routes.route("/caregiver/sms-consent", methods=["PUT"], endpoint="give_caregiver_consent")
@routes.arguments(NothingSchema, required=False)
@routes.response(200, RecipientsSchema, headers=ETAG)
@names_its_version
def give(_body: dict[str, Any], patient_id: UUID) -> Answer:
    """The caregiver agrees to text messages."""
    return changed(give_caregiver_consent, recipients, given={}, patient_id=patient_id)


@routes.route("/caregiver/sms-consent", methods=["DELETE"], endpoint="withdraw_caregiver_consent")
@routes.arguments(ReasonSchema)
@routes.response(200, RecipientsSchema, headers=ETAG)
@names_its_version
def withdraw(body: dict[str, Any], patient_id: UUID) -> Answer:
    """The caregiver wants no more text messages."""
    return changed(withdraw_caregiver_consent, recipients, given=body, patient_id=patient_id)


@routes.route("/confirm-number", methods=["POST"], endpoint="confirm_number")
@routes.arguments(ConfirmNumberSchema)
@routes.response(200, RecipientsSchema, headers=ETAG)
@names_its_version
def confirmed(body: dict[str, Any], patient_id: UUID) -> Answer:
    """Somebody called the number, and it is that person's."""
    return changed(confirm_number, recipients, given=body, patient_id=patient_id)


@routes.route("/wrong-number", methods=["POST"], endpoint="report_wrong_number")
@routes.arguments(WrongNumberSchema)
@routes.response(200, RecipientsSchema, headers=ETAG)
@names_its_version
def wrong_number(body: dict[str, Any], patient_id: UUID) -> Answer:
    """Somebody else answers there: no text goes to the number until it is confirmed or replaced."""
    return changed(report_wrong_number, recipients, given=body, patient_id=patient_id)
