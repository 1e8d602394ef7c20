"""The open and coming items of every treatment: a projection for work lists, dropped and rewritten at will."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from monitor.schedules.calendar import Kind
from monitor.store.base import Base, one_of


class AgendaRow(Base):
    """No state is stored: it follows from the dates and the day of the question, so no night has to rewrite it."""

    __tablename__ = "agenda"
    __table_args__ = (
        one_of("kind", Kind),
        Index(None, "site_id", "due_on", "treatment_id", "key"),
        Index(None, "patient_id", "due_on"),
    )

    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    stream: Mapped[str]
    kind: Mapped[str]
    due_on: Mapped[dt.date]
    suggested_on: Mapped[dt.date]
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date | None]
    overdue_on: Mapped[dt.date | None]
    moved_from: Mapped[dt.date | None]
    blocked_by: Mapped[tuple[str, ...]]
    because: Mapped[str]
    source: Mapped[str]
