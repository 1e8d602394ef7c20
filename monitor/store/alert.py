"""What somebody must act upon: one open alert for each treatment and topic, closed with a reason, never deleted."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, one_of
from monitor.terms import Audience, Level

IS_OPEN = text("closed_at IS NULL")


class AlertRow(Base):
    """`rank` repeats `level` as a number (0 the most pressing), so that the inbox can be read in order by an index."""

    __tablename__ = "alert"
    __table_args__ = (
        one_of("audience", Audience),
        one_of("level", Level),
        at_most("topic", 120),
        at_most("because", 500),
        CheckConstraint(
            "rank = CASE level WHEN 'critical' THEN 0 WHEN 'urgent' THEN 1 WHEN 'soon' THEN 2 ELSE 3 END",
            name="rank_of_level",
        ),
        CheckConstraint("(acknowledged_at IS NULL) = (acknowledged_by IS NULL)", name="acknowledged_by_somebody"),
        CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (closing_reason IS NULL)",
            name="closed_with_reason",
        ),
        Index("uq_alert_open", "treatment_id", "topic", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_alert_inbox", "site_id", "rank", "since", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index(None, "patient_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("treatment.id"))
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    topic: Mapped[str]
    audience: Mapped[str]
    level: Mapped[str]
    rank: Mapped[int]
    since: Mapped[dt.date]
    because: Mapped[str]
    source: Mapped[str]
    opened_at: Mapped[dt.datetime]
    acknowledged_at: Mapped[dt.datetime | None]
    acknowledged_by: Mapped[uuid.UUID | None]
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[uuid.UUID | None]
    closing_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
