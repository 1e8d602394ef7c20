"""The dossier of a treatment: what is known around it, section by section; append-only, corrected by a successor."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, Personal, at_most, successor_rules


class DossierRow(Base):
    """One entry of one section; `content` is the JSON text of that section's structure, and may identify somebody."""

    __tablename__ = "dossier_entry"
    __table_args__ = (
        Index(None, "treatment_id", "section"),
        *successor_rules(),
        at_most("section", 40),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"))
    section: Mapped[str]
    content: Mapped[str] = mapped_column(Personal)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier_entry.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]
