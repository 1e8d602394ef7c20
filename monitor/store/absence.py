"""Who is away: an alert goes past them to the next on the rota."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base


class AbsenceRow(Base):
    """From `starts_on` to the day before `ends_on`; why is nobody's business. One that was wrong is withdrawn."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="ends_later"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_by_somebody"),
        Index(None, "staff_id", "starts_on"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff.id"))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[uuid.UUID | None]
