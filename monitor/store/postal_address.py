"""Where letters about a patient go: to their own address, or the family doctor's; append-only, the newest counts."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.schedules.letters import Addressee
from monitor.store.base import Base, Personal, one_of


class PostalAddressRow(Base):
    """`lines` as they stand in the window of an envelope, one below the other; None where there is none any more."""

    __tablename__ = "postal_address"
    __table_args__ = (
        one_of("addressee", Addressee),
        UniqueConstraint("patient_id", "addressee", "number"),
        CheckConstraint("number >= 1", name="number_counts"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    addressee: Mapped[str]
    number: Mapped[int]
    lines: Mapped[str | None] = mapped_column(Personal)
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


def address_lines(session: Session, *, patient_id: uuid.UUID, to: Addressee) -> tuple[str, ...]:
    """The address that counts, line by line; nothing where nobody knows one."""
    query = (
        select(PostalAddressRow.lines)
        .where(PostalAddressRow.patient_id == patient_id, PostalAddressRow.addressee == to.value)
        .order_by(PostalAddressRow.number.desc())
        .limit(1)
    )
    return tuple((session.scalar(query) or "").splitlines())


def next_number(session: Session, *, patient_id: uuid.UUID, to: Addressee) -> int:
    """The number of the next address; the caller holds the patient."""
    query = select(func.max(PostalAddressRow.number)).where(
        PostalAddressRow.patient_id == patient_id, PostalAddressRow.addressee == to.value
    )
    return (session.scalar(query) or 0) + 1
