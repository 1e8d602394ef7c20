"""The hand-over of a patient to another site: responsibility moves when the other side accepts, not before (H50)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.agenda import AgendaRow
from monitor.store.alert import AlertRow
from monitor.store.asked_letter import AskedLetterRow
from monitor.store.base import Base, at_most, one_of
from monitor.store.message import MessageRow, MessageState
from monitor.store.patient import change_patient
from monitor.store.treatment import TreatmentRow


class TransferState(StrEnum):
    """How far a hand-over came."""

    PREPARED = "prepared"  # by a nurse; a neurologist of this side has still to offer it
    OFFERED = "offered"  # a neurologist of the other side has still to accept it
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


UNDER_WAY = (TransferState.PREPARED, TransferState.OFFERED)
_PENDING = "state IN ('prepared', 'offered')"


class TransferRow(Base):
    """At most one hand-over of a patient is under way; one that ended says who ended it and when."""

    __tablename__ = "transfer"
    __table_args__ = (
        one_of("state", TransferState),
        CheckConstraint("from_site_id <> to_site_id", name="another_site"),
        CheckConstraint(f"({_PENDING}) = (decided_at IS NULL)", name="decided_where_ended"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_somebody"),
        Index(
            "uq_transfer_one_under_way", "patient_id", unique=True,
            sqlite_where=text(_PENDING), postgresql_where=text(_PENDING),
        ),
        Index(None, "from_site_id", "proposed_at", "id"),
        Index(None, "to_site_id", "proposed_at", "id"),
        at_most("reason", 500),
        at_most("decision_reason", 500),
    )  # fmt: skip

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    from_site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    to_site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    state: Mapped[str]
    reason: Mapped[str]
    proposed_by: Mapped[uuid.UUID]
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[uuid.UUID | None]
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


def is_under_way(session: Session, *, patient_id: uuid.UUID) -> bool:
    """Whether somebody prepared or offered a hand-over of the patient that has not ended."""
    query = select(TransferRow.id).where(TransferRow.patient_id == patient_id, text(_PENDING))
    return session.scalar(query) is not None


def transfers_under_way(session: Session, *, patient_id: uuid.UUID) -> Sequence[TransferRow]:
    """The hand-over of the patient that has not ended, if there is one, as it now stands."""
    query = select(TransferRow).where(TransferRow.patient_id == patient_id, text(_PENDING))
    return session.scalars(query, execution_options={"populate_existing": True}).all()


def take_step(
    session: Session,
    transfer: TransferRow,
    *,
    of: Collection[TransferState],
    to: TransferState,
    by: uuid.UUID | None = None,
    at: dt.datetime | None = None,
    reason: str | None = None,
) -> bool:
    """Bring the hand-over from one of these states to the next, if it still is as it was read; whether it was.

    `by` and `at` where this ends it: of two who decide at once, one is told that there is nothing left to decide.
    """
    taken = session.execute(
        update(TransferRow)
        .where(
            TransferRow.id == transfer.id,
            TransferRow.version == transfer.version,
            TransferRow.state.in_([state.value for state in of]),
        )
        .values(
            state=to.value,
            version=TransferRow.version + 1,
            decided_by=by,
            decided_at=at,
            decision_reason=reason,
        )
        .returning(TransferRow.id)
        .execution_options(synchronize_session=False)
    )
    return taken.first() is not None


def carry_over(session: Session, *, patient_id: uuid.UUID, site_id: uuid.UUID) -> None:
    """Everything of the patient that names a site is of this one now, but for the audit, which tells what was.

    Texts that wait for the first time are left to whoever writes them anew: they name the telephone of the old site. A
    copy that waits says what the first one said.
    """
    change_patient(session, patient_id=patient_id, site_id=site_id)
    for table in (TreatmentRow, AgendaRow, AlertRow, AskedLetterRow):
        session.execute(update(table).where(table.patient_id == patient_id).values(site_id=site_id))
    unseen = AlertRow.patient_id == patient_id, AlertRow.closed_at.is_(None), AlertRow.acknowledged_at.is_(None)
    session.execute(update(AlertRow).where(*unseen).values(calls=AlertRow.calls + 1))  # nobody of this site was told
    session.execute(
        update(MessageRow)
        .where(
            MessageRow.patient_id == patient_id, (MessageRow.state != MessageState.PENDING) | (MessageRow.resends > 0)
        )
        .values(site_id=site_id)
    )
