"""Which process leads: one holder at a time, by the clock of the database, each change of holder a higher fence."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most


class LeaseRow(Base):
    """`holder` is the random name of a process; the lease is free once `expires_at` is past."""

    __tablename__ = "lease"
    __table_args__ = (at_most("name", 64), at_most("holder", 64), CheckConstraint("fence >= 1", name="fence_counts"))

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    fence: Mapped[int]
    expires_at: Mapped[dt.datetime]
