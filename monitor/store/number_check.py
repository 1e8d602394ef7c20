"""Whether a telephone number is still the right one: confirmed, or said to be somebody else's (H34); append-only."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, Personal, at_most, one_of
from monitor.store.former_contact import FormerContactRow
from monitor.store.patient import PatientRow


class CheckedBy(StrEnum):
    """How it became known."""

    CALL = "call"  # somebody of the staff called it
    CODE = "code"  # a code that was sent to it was read back
    REPLY = "reply"  # whoever has it answered a text
    PROVIDER = "provider"  # who carries the texts says that they reach nobody


class NumberCheckRow(Base):
    """Of the caregiver, or of the patient where `caregiver_id` is None; counts for `phone` alone, newest first."""

    __tablename__ = "number_check"
    __table_args__ = (
        UniqueConstraint("patient_id", "number"),
        one_of("checked_by", CheckedBy),
        at_most("reason", 500),
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint("is_right OR reason IS NOT NULL", name="wrong_with_reason"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    caregiver_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("caregiver.id"), index=True)
    number: Mapped[int]
    phone: Mapped[str] = mapped_column(Personal)
    is_right: Mapped[bool]
    checked_by: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[dt.datetime]
    recorded_by: Mapped[uuid.UUID]


def next_check(session: Session, *, patient_id: uuid.UUID) -> int:
    """The number of the next check; the caller holds the patient."""
    newest = session.scalar(select(func.max(NumberCheckRow.number)).where(NumberCheckRow.patient_id == patient_id))
    return 1 if newest is None else newest + 1


def written_down_at(session: Session, *, patient_id: uuid.UUID, phone: str) -> dt.datetime:
    """The moment since which this has been the number of the patient."""
    former = session.execute(
        select(FormerContactRow.phone, FormerContactRow.replaced_at)
        .where(FormerContactRow.patient_id == patient_id)
        .order_by(FormerContactRow.patient_version.desc())
    )
    for earlier, replaced_at in former:
        if earlier != phone:
            return replaced_at
    return session.scalars(select(PatientRow.created_at).where(PatientRow.id == patient_id)).one()
