"""A hand-over that was prepared or offered is not wanted any more."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.permitted import permitted
from monitor.actions.transfer_steps import Side, end_transfer, note_step, open_transfer
from monitor.store.transfer import UNDER_WAY, TransferState
from monitor.terms import NotAllowed, Role
from monitor.work import Work


@permitted
def withdraw_transfer(work: Work, *, transfer_id: UUID, reason: str, expected_version: int | None = None) -> UUID:
    """Withdraw it, with the reason why.

    Raises Missing, StaleVersion, Conflict (it ended already), NotAllowed (what was offered only a neurologist
    withdraws).
    """
    why = read_reason(reason)
    transfer = open_transfer(work, transfer_id=transfer_id, side=Side.FROM, expected_version=expected_version)
    if transfer.state == TransferState.OFFERED.value and work.by.role is Role.NURSE:
        raise NotAllowed("only a neurologist may withdraw what was offered")
    end_transfer(work, transfer, of=UNDER_WAY, to=TransferState.WITHDRAWN, reason=why)
    note_step(work, transfer, "withdraw_transfer", why=why)
    return transfer.id
