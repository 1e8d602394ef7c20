"""Treatments that the sweep could not follow up: the kind of failure and the day, never its text."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most


class SweepFailureRow(Base):
    """An error's text may quote a patient's data, so only the name of its class is kept."""

    __tablename__ = "sweep_failure"
    __table_args__ = (UniqueConstraint("treatment_id", "on"), at_most("error", 120))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"))
    at: Mapped[dt.datetime]
    on: Mapped[dt.date]
    error: Mapped[str]
