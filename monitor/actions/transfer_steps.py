"""Opens a hand-over for whoever of its two sides may decide, held with its patient, and ends it in one place."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from monitor.actions.open_record import check_version, sites_of
from monitor.store.locks import lock_patient
from monitor.store.transfer import UNDER_WAY, TransferRow, TransferState, take_step, transfers_under_way
from monitor.terms import Conflict, Missing
from monitor.work import Work


class Side(StrEnum):
    """The two ends of a hand-over."""

    FROM = "from"
    TO = "to"


def open_transfer(work: Work, *, transfer_id: UUID, side: Side, expected_version: int | None) -> TransferRow:
    """The hand-over, if one of this side asks; its patient is held until the transaction ends.

    What was only prepared does not exist for the other side. Raises Missing, StaleVersion.
    """
    patient_id = work.session.scalar(select(TransferRow.patient_id).where(TransferRow.id == transfer_id))
    if patient_id is not None:
        lock_patient(work.session, patient_id=patient_id)
    row = work.session.get(TransferRow, transfer_id, populate_existing=True)
    sites = sites_of(work.by)
    if row is None or (sites is not None and _site(row, side) not in sites):
        raise Missing("no such transfer", field="transfer_id")
    if side is Side.TO and row.state == TransferState.PREPARED.value:
        raise Missing("no such transfer", field="transfer_id")
    work.meets(row.patient_id)
    check_version(row.version, expected_version)
    return row


def _site(row: TransferRow, side: Side) -> UUID:
    return row.from_site_id if side is Side.FROM else row.to_site_id


def end_transfer(
    work: Work, transfer: TransferRow, *, of: Collection[TransferState], to: TransferState, reason: str | None
) -> None:
    """End the hand-over, once. Raises Conflict where it ended already, or was never offered."""
    is_ended = take_step(work.session, transfer, of=of, to=to, by=work.by.id, at=work.at, reason=reason)
    if not is_ended:
        raise Conflict(f"it is {transfer.state}", field="transfer_id")


def end_what_is_under_way(work: Work, *, patient_id: UUID, because: str) -> None:
    """End the hand-over that nobody can decide on any more; the caller holds the patient."""
    for transfer in transfers_under_way(work.session, patient_id=patient_id):
        end_transfer(work, transfer, of=UNDER_WAY, to=TransferState.WITHDRAWN, reason=because)
        note_step(work, transfer, "withdraw_transfer", why=because)


def note_step(work: Work, transfer: TransferRow, action: str, *, why: str | None = None) -> None:
    """The audit entry of a step: which hand-over, of whom, from where to where."""
    work.note(
        action,
        patient_id=transfer.patient_id,
        site_id=transfer.from_site_id,
        subject=f"transfer {transfer.id}",
        why=why,
        content={"from": transfer.from_site_id, "to": transfer.to_site_id},
    )
