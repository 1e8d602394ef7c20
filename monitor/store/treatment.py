"""One patient on one pinned protocol version, with what the sweep must know of it."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, one_of


class TreatmentRow(Base):
    """`attention_on`, `surveillance_ends_on` and `followed_up_on` are projections; the rest is fact.

    `attention_on` is the first day on which anything changes by time alone; None: never.
    """

    __tablename__ = "treatment"
    __table_args__ = (
        UniqueConstraint("patient_id", "protocol", "started_on"),
        at_most("protocol", 64),
        one_of("profile", "eu", "us"),
        CheckConstraint("version >= 1", name="version_counts"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"), index=True)
    protocol: Mapped[str]
    profile: Mapped[str]
    started_on: Mapped[dt.date]
    version: Mapped[int] = mapped_column(default=1)
    attention_on: Mapped[dt.date | None] = mapped_column(index=True)
    surveillance_ends_on: Mapped[dt.date | None]
    followed_up_on: Mapped[dt.date | None]
    created_at: Mapped[dt.datetime]
