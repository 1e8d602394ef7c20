"""A hand-over that was prepared is offered to the other side, which has still to accept it."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.permitted import permitted
from monitor.actions.transfer_steps import Side, note_step, open_transfer
from monitor.store.transfer import TransferState, take_step
from monitor.terms import Conflict
from monitor.work import Work


@permitted
def offer_transfer(work: Work, *, transfer_id: UUID, expected_version: int | None = None) -> UUID:
    """Offer it: from now on the other side sees whom it is about. Raises Missing, StaleVersion, Conflict."""
    transfer = open_transfer(work, transfer_id=transfer_id, side=Side.FROM, expected_version=expected_version)
    if not take_step(work.session, transfer, of=(TransferState.PREPARED,), to=TransferState.OFFERED):
        raise Conflict(f"it is {transfer.state}", field="transfer_id")
    note_step(work, transfer, "offer_transfer")
    return transfer.id
