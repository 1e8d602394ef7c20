"""The hand-over of a patient to another site: responsibility moves when the other side accepts, not before (H50)."""

from __future__ import annotations

import datetime as dt
import uuid
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, one_of


class TransferState(StrEnum):
    """How far a hand-over came."""

    PREPARED = "prepared"  # by a nurse; a neurologist of this side has still to offer it
    OFFERED = "offered"  # a neurologist of the other side has still to accept it
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


_PENDING = "state IN ('prepared', 'offered')"


class TransferRow(Base):
    """At most one hand-over of a patient is under way; one that ended says who ended it and when."""

    __tablename__ = "transfer"
    __table_args__ = (
        one_of("state", TransferState),
        CheckConstraint("from_site_id <> to_site_id", name="another_site"),
        CheckConstraint(f"({_PENDING}) = (decided_at IS NULL)", name="decided_where_ended"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_somebody"),
        Index(
            "uq_transfer_one_under_way", "patient_id", unique=True,
            sqlite_where=text(_PENDING), postgresql_where=text(_PENDING),
        ),
        Index(None, "from_site_id", "proposed_at", "id"),
        Index(None, "to_site_id", "proposed_at", "id"),
        at_most("reason", 500),
        at_most("decision_reason", 500),
    )  # fmt: skip

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"), index=True)
    from_site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    to_site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    state: Mapped[str]
    reason: Mapped[str]
    proposed_by: Mapped[uuid.UUID]
    proposed_at: Mapped[dt.datetime]
    decided_by: Mapped[uuid.UUID | None]
    decided_at: Mapped[dt.datetime | None]
    decision_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
