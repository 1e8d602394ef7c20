"""A hospital department: its country gives the holidays, its zone gives every "today"."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, at_most


class SiteRow(Base):
    """`telephone` is the number that a text may name."""

    __tablename__ = "site"
    __table_args__ = (at_most("name", 120), at_most("country", 2), at_most("timezone", 64), at_most("telephone", 20))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    name: Mapped[str] = mapped_column(unique=True)
    country: Mapped[str]
    timezone: Mapped[str]
    telephone: Mapped[str | None]
    created_at: Mapped[dt.datetime]


def known_zone(timezone: str) -> str:
    """The zone itself, or UTC where the stored name is none: one spoilt site must not hide what the others have."""
    try:
        return ZoneInfo(timezone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
