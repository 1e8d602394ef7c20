"""A dose that was given: append-only, corrected by a successor."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, successor_rules


class AdministrationRow(Base):
    """`replaces_id` is unique: of two people who correct the same row, one is told to look again.

    `gates`: JSON of what every gate answered when the dose was recorded; None for what stood before gates were kept.
    """

    __tablename__ = "administration"
    __table_args__ = (
        CheckConstraint("(course IS NULL) = (day IS NULL)", name="course_with_day"),
        CheckConstraint("course >= 1 AND day >= 1", name="course_counts"),
        *successor_rules(),
        at_most("reason", 500),
        at_most("reason_override", 500),
        at_most("gates", 20000),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    on: Mapped[dt.date]
    course: Mapped[int | None]
    day: Mapped[int | None]
    reason_override: Mapped[str | None]
    gates: Mapped[str | None]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("administration.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]
