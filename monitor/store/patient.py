"""Who the patient is, how to reach them, and whether they agreed to text messages."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.schedules.facts import Sex
from monitor.store.base import Base, Personal, PersonalDate, at_most, one_of


class PatientRow(Base):
    """`timezone` is None for a patient who lives by the clock of the site."""

    __tablename__ = "patient"
    __table_args__ = (
        one_of("sex", Sex),
        one_of("language", "en", "fr"),
        at_most("timezone", 64),
        CheckConstraint("version >= 1", name="version_counts"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"), index=True)
    family_name: Mapped[str] = mapped_column(Personal)
    given_name: Mapped[str] = mapped_column(Personal)
    birth_date: Mapped[dt.date] = mapped_column(PersonalDate)
    phone: Mapped[str | None] = mapped_column(Personal)
    sex: Mapped[str]
    language: Mapped[str]
    timezone: Mapped[str | None]
    childbearing_potential: Mapped[bool | None]
    died_on: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[dt.datetime]


class SmsConsentRow(Base):
    """Append-only: the newest one counts, and `number` leaves no doubt which that is."""

    __tablename__ = "sms_consent"
    __table_args__ = (
        UniqueConstraint("patient_id", "number"),
        CheckConstraint("number >= 1", name="number_counts"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    number: Mapped[int]
    is_given: Mapped[bool]
    at: Mapped[dt.datetime]
    recorded_by: Mapped[uuid.UUID]
    reason: Mapped[str | None]
