"""Who did what, when and why: one entry for each change, in the transaction of the change, with its own digest."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most, one_of
from monitor.terms import Role

IS_UNSEALED = text("sealed_at IS NULL")


class AuditEntryRow(Base):
    """No foreign keys: the audit outlives what it speaks of. `content` refers to rows, it holds no personal value."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        one_of("role", Role),
        at_most("action", 64),
        at_most("why", 500),
        CheckConstraint("length(digest) = 64", name="digest_length"),
        Index(None, "patient_id", "id"),
        Index("ix_audit_entry_unsealed", "id", sqlite_where=IS_UNSEALED, postgresql_where=IS_UNSEALED),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    at: Mapped[dt.datetime]
    actor_id: Mapped[uuid.UUID]
    role: Mapped[str]
    site_id: Mapped[uuid.UUID | None]
    action: Mapped[str]
    patient_id: Mapped[uuid.UUID | None]
    subject: Mapped[str | None]
    why: Mapped[str | None]
    content: Mapped[str]
    digest: Mapped[str]
    sealed_at: Mapped[dt.datetime | None]
