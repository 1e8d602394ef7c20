"""A later course with an agreed first day; append-only: another day is a successor, a cancellation a retraction."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, successor_rules


class PlannedCourseRow(Base):
    """Course 1 begins on the day the treatment starts, so only later ones are planned here."""

    __tablename__ = "planned_course"
    __table_args__ = (
        CheckConstraint("course BETWEEN 2 AND 99", name="course_is_later"),
        *successor_rules(),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    course: Mapped[int]
    starts_on: Mapped[dt.date]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("planned_course.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]
