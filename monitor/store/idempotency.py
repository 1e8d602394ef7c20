"""The answers to requests that carried an `Idempotency-Key`, so that a retry gets the first one's answer."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most


class IdempotencyRow(Base):
    """A key belongs to one client. `status` None: still running, by whoever holds `token`, until `expires_at`."""

    __tablename__ = "idempotency"
    __table_args__ = (
        at_most("key", 255),
        CheckConstraint("(status IS NULL) = (body IS NULL)", name="body_with_status"),
    )

    client_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    token: Mapped[uuid.UUID]
    status: Mapped[int | None]
    body: Mapped[str | None]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
