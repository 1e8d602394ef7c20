"""Who stopped the sending of texts, why, since when, and who let it go on: it outlives every process."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, one_of


class PauseCause(StrEnum):
    """What a pause is for; each ends in a way of its own."""

    PERSON = "person"  # somebody wants nothing to leave: a wrong text, a doubt
    RESTORED = "restored"  # the database is older than what the provider sent


LASTS = text("resumed_at IS NULL")


class SendingPauseRow(Base):
    """One pause; at most one of each cause lasts. Rows stay: they tell when nothing left, and on whose word."""

    __tablename__ = "sending_pause"
    __table_args__ = (
        one_of("cause", PauseCause),
        at_most("reason", 500),
        at_most("resumed_because", 500),
        CheckConstraint(
            "(resumed_at IS NULL) = (resumed_by IS NULL) AND (resumed_at IS NULL) = (resumed_because IS NULL)",
            name="resumed_by_somebody",
        ),
        Index("ix_sending_pause_lasting", "cause", unique=True, sqlite_where=LASTS, postgresql_where=LASTS),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    cause: Mapped[str]
    reason: Mapped[str]
    paused_at: Mapped[dt.datetime] = mapped_column(index=True)
    paused_by: Mapped[uuid.UUID]
    resumed_at: Mapped[dt.datetime | None]
    resumed_by: Mapped[uuid.UUID | None]
    resumed_because: Mapped[str | None]
