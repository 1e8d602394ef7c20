"""A telephone call about some items, and what came of it; append-only. It credits nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, one_of, successor_rules


class Callee(StrEnum):
    """Who was called."""

    PATIENT = "patient"
    CAREGIVER = "caregiver"
    LABORATORY = "laboratory"
    FAMILY_DOCTOR = "family_doctor"


class CallOutcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    MOVED = "moved"  # reached, and the visit was moved
    REFUSED = "refused"


class CallRow(Base):
    """`keys` are the items the call was about, none for a call about the treatment as a whole."""

    __tablename__ = "call"
    __table_args__ = (
        one_of("callee", Callee),
        one_of("outcome", CallOutcome),
        *successor_rules(),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    keys: Mapped[tuple[str, ...]]
    called_at: Mapped[dt.datetime]
    callee: Mapped[str]
    outcome: Mapped[str]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("call.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]
