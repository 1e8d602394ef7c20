"""`/transfers`: hand a patient over to another site, in steps that both sides take."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from monitor.actions.accept_transfer import accept_transfer
from monitor.actions.decline_transfer import decline_transfer
from monitor.actions.offer_transfer import offer_transfer
from monitor.actions.prepare_transfer import prepare_transfer
from monitor.actions.withdraw_transfer import withdraw_transfer
from monitor.api.changing import changed
from monitor.api.paging import with_link
from monitor.api.routes import ETAG, LINK, LOCATION, Routes, at, names_its_version
from monitor.edge.house import at_work
from monitor.edge.preconditions import etag
from monitor.overviews.pages import Page
from monitor.overviews.transfers import Transfer, transfer, transfers
from monitor.schemas.banner import FiledSchema
from monitor.schemas.form import NothingSchema, ReasonSchema
from monitor.schemas.transfers import PrepareTransferSchema, TransferPageSchema, TransferSchema, TransfersQuery

routes = Routes("transfers", "Hand-overs of patients between sites: responsibility moves when the other side accepts.")
Answer = tuple[Transfer, dict[str, str]]


@routes.route("", methods=["POST"])
@routes.arguments(PrepareTransferSchema)
@routes.response(201, FiledSchema, headers=LOCATION)
def prepare(body: dict[str, Any]) -> tuple[dict[str, UUID], dict[str, str]]:
    """Prepare a hand-over; nothing moves yet."""
    with at_work() as work:
        transfer_id = prepare_transfer(work, **body)
    return {"id": transfer_id}, at("transfers.show", transfer_id=transfer_id)


@routes.route("", methods=["GET"], endpoint="list")
@routes.arguments(TransfersQuery, location="query")
@routes.response(200, TransferPageSchema, headers=LINK)
def list_transfers(query: dict[str, Any]) -> tuple[Page[Transfer], dict[str, str]]:
    """The hand-overs from and to your sites, the newest first."""
    with at_work(only_reads=True) as work:
        page = transfers(work, **query)
    return with_link(page)


@routes.route("/<uuid:transfer_id>", methods=["GET"])
@routes.response(200, TransferSchema, headers=ETAG)
def show(transfer_id: UUID) -> Answer:
    """One hand-over."""
    with at_work(only_reads=True) as work:
        found = transfer(work, transfer_id=transfer_id)
    return found, etag(found.version)


@routes.route("/<uuid:transfer_id>/offer", methods=["POST"])
@routes.arguments(NothingSchema, required=False)
@routes.response(200, TransferSchema, headers=ETAG)
@names_its_version
def offer(_body: dict[str, Any], transfer_id: UUID) -> Answer:
    """Offer what was prepared to the other side."""
    return changed(offer_transfer, transfer, given={}, transfer_id=transfer_id)


@routes.route("/<uuid:transfer_id>/withdraw", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(200, TransferSchema, headers=ETAG)
@names_its_version
def withdraw(body: dict[str, Any], transfer_id: UUID) -> Answer:
    """It is not wanted any more."""
    return changed(withdraw_transfer, transfer, given=body, transfer_id=transfer_id)


@routes.route("/<uuid:transfer_id>/accept", methods=["POST"])
@routes.arguments(NothingSchema, required=False)
@routes.response(200, TransferSchema, headers=ETAG)
@names_its_version
def accept(_body: dict[str, Any], transfer_id: UUID) -> Answer:
    """Take the patient over: from now on your site is responsible."""
    return changed(accept_transfer, transfer, given={}, transfer_id=transfer_id)


@routes.route("/<uuid:transfer_id>/decline", methods=["POST"])
@routes.arguments(ReasonSchema)
@routes.response(200, TransferSchema, headers=ETAG)
@names_its_version
def decline(body: dict[str, Any], transfer_id: UUID) -> Answer:
    """Do not take the patient over."""
    return changed(decline_transfer, transfer, given=body, transfer_id=transfer_id)
