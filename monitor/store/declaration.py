"""The patient says that something was done: shown to the nurse, and counted for nothing; append-only."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, successor_rules


class DeclarationRow(Base):
    """`key` is the item of the calendar, `declared_on` the day on which it is said to have been done."""

    __tablename__ = "declaration"
    __table_args__ = (
        *successor_rules(),
        at_most("key", 64),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    key: Mapped[str]
    declared_on: Mapped[dt.date]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("declaration.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]
