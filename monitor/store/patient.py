"""Who the patient is, how to reach them, and whether they agreed to text messages."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.schedules.facts import Sex
from monitor.store.base import Base, Personal, PersonalDate, at_most, one_of
from monitor.store.site import SiteRow


class PatientRow(Base):
    """`timezone` is None for a patient who lives by the clock of the site."""

    __tablename__ = "patient"
    __table_args__ = (
        one_of("sex", Sex),
        at_most("language", 8),
        at_most("timezone", 64),
        CheckConstraint("version >= 1", name="version_counts"),
        Index(None, "site_id", "created_at", "id"),
        Index(None, "phone"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
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


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """What a change of a patient's record must know of the patient and the site: nothing that names anybody."""

    id: uuid.UUID
    site_id: uuid.UUID
    birth_date: dt.date
    died_on: dt.date | None
    version: int
    timezone: str
    country: str
    sex: str


def find_patient(
    session: Session, *, patient_id: uuid.UUID, site_ids: frozenset[uuid.UUID] | None
) -> PatientRecord | None:
    """The patient, if of one of these sites (None: of any); `timezone` is that of the site."""
    query = (
        select(
            PatientRow.id,
            PatientRow.site_id,
            PatientRow.birth_date,
            PatientRow.died_on,
            PatientRow.version,
            SiteRow.timezone,
            SiteRow.country,
            PatientRow.sex,
        )
        .join(SiteRow, SiteRow.id == PatientRow.site_id)
        .where(PatientRow.id == patient_id)
    )
    if site_ids is not None:
        query = query.where(PatientRow.site_id.in_(site_ids))
    row = session.execute(query).one_or_none()
    return None if row is None else PatientRecord(*row)


def newest_consent(session: Session, *, patient_id: uuid.UUID) -> SmsConsentRow | None:
    """The consent or withdrawal that counts; None where nobody ever asked."""
    return session.scalars(
        select(SmsConsentRow)
        .where(SmsConsentRow.patient_id == patient_id)
        .order_by(SmsConsentRow.number.desc())
        .limit(1)
    ).one_or_none()


def change_patient(session: Session, *, patient_id: uuid.UUID, **values: object) -> None:
    """Write these columns, and one more version for whoever holds an older one."""
    session.execute(
        update(PatientRow).where(PatientRow.id == patient_id).values(version=PatientRow.version + 1, **values)
    )
