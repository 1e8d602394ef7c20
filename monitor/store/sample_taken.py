"""A sample was taken for some items and its result is awaited; append-only. It credits nothing."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, successor_rules


class SampleTakenRow(Base):
    """`keys` are the items whose result is awaited; `taken_on` is a date at the site."""

    __tablename__ = "sample_taken"
    __table_args__ = (
        *successor_rules(),
        at_most("keys", 2000),
        at_most("laboratory", 120),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    keys: Mapped[tuple[str, ...]]
    taken_on: Mapped[dt.date]
    laboratory: Mapped[str | None]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("sample_taken.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]
