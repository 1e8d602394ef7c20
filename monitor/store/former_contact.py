"""How a patient was reached before: what a change of number, language or zone replaced stays readable (G10)."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, Personal


class FormerContactRow(Base):
    """The contact data that stood in version `patient_version` of the patient; append-only."""

    __tablename__ = "former_contact"
    __table_args__ = (UniqueConstraint("patient_id", "patient_version"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    patient_version: Mapped[int]
    phone: Mapped[str | None] = mapped_column(Personal)
    language: Mapped[str]
    timezone: Mapped[str | None]
    replaced_by: Mapped[uuid.UUID]
    replaced_at: Mapped[dt.datetime]
