"""A visit agreed for some items: day, hour, place; append-only. Reminders follow it, lateness does not."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, successor_rules


class AppointmentRow(Base):
    """`keys` are the items it is for; `on` and `time` are of the site's wall; `time` and `place` may stay open."""

    __tablename__ = "appointment"
    __table_args__ = (
        *successor_rules(),
        at_most("keys", 2000),
        at_most("place", 120),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    keys: Mapped[tuple[str, ...]]
    on: Mapped[dt.date]
    time: Mapped[dt.time | None]
    place: Mapped[str | None]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("appointment.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]
