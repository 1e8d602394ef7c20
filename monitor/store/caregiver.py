"""Who looks after a patient and may be written to instead, or as well: designated, with a consent of their own."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, Personal, at_most

IS_PRESENT = text("ended_at IS NULL")


class CaregiverRow(Base):
    """One designation; nothing of it changes but its end. Another number or language is another designation."""

    __tablename__ = "caregiver"
    __table_args__ = (
        at_most("language", 8),
        at_most("end_reason", 500),
        CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL)",
            name="ended_with_reason",
        ),
        Index("uq_caregiver_present", "patient_id", unique=True, sqlite_where=IS_PRESENT, postgresql_where=IS_PRESENT),
        Index(None, "patient_id", "designated_at"),
        Index(None, "phone"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    name: Mapped[str] = mapped_column(Personal)
    phone: Mapped[str] = mapped_column(Personal)
    language: Mapped[str]
    designated_by: Mapped[uuid.UUID]
    designated_at: Mapped[dt.datetime]
    ended_by: Mapped[uuid.UUID | None]
    ended_at: Mapped[dt.datetime | None]
    end_reason: Mapped[str | None]


class CaregiverConsentRow(Base):
    """What the caregivers say for themselves; append-only, the newest one counts. The patient's consent is another."""

    __tablename__ = "caregiver_consent"
    __table_args__ = (
        UniqueConstraint("caregiver_id", "number"),
        CheckConstraint("number >= 1", name="number_counts"),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    caregiver_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("caregiver.id"))
    number: Mapped[int]
    is_given: Mapped[bool]
    at: Mapped[dt.datetime]
    recorded_by: Mapped[uuid.UUID]
    reason: Mapped[str | None]


def present_caregiver(session: Session, *, patient_id: uuid.UUID) -> CaregiverRow | None:
    """The one caregiver of the patient, if there is one now."""
    return session.scalars(
        select(CaregiverRow).where(CaregiverRow.patient_id == patient_id, CaregiverRow.ended_at.is_(None))
    ).one_or_none()


def newest_caregiver_consent(session: Session, *, caregiver_id: uuid.UUID) -> CaregiverConsentRow | None:
    """The consent or withdrawal that counts; None where nobody ever asked."""
    return session.scalars(
        select(CaregiverConsentRow)
        .where(CaregiverConsentRow.caregiver_id == caregiver_id)
        .order_by(CaregiverConsentRow.number.desc())
        .limit(1)
    ).one_or_none()
