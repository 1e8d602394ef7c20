"""The other side does not take a patient over: who had the responsibility keeps it."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.permitted import permitted
from monitor.actions.transfer_steps import Side, end_transfer, note_step, open_transfer
from monitor.store.transfer import TransferState
from monitor.work import Work


@permitted
def decline_transfer(work: Work, *, transfer_id: UUID, reason: str, expected_version: int | None = None) -> UUID:
    """Decline an offer, with the reason why. Raises Missing, StaleVersion, Conflict (no longer offered)."""
    why = read_reason(reason)
    transfer = open_transfer(work, transfer_id=transfer_id, side=Side.TO, expected_version=expected_version)
    end_transfer(work, transfer, of=(TransferState.OFFERED,), to=TransferState.DECLINED, reason=why)
    note_step(work, transfer, "decline_transfer", why=why)
    return transfer.id
