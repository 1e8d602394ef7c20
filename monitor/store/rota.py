"""Who is on duty for a function of a site: the first to be told, and the deputies after them."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base, one_of
from monitor.terms import Audience


class RotaRow(Base):
    """One turn, from `starts_on` to the day before `ends_on`, dates at the site; `place` 1 is told first.

    Never changed: a turn that was wrong is withdrawn, and another one entered.
    """

    __tablename__ = "rota"
    __table_args__ = (
        one_of("audience", Audience),
        CheckConstraint("place BETWEEN 1 AND 9", name="place_counts"),
        CheckConstraint("ends_on > starts_on", name="ends_later"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_by_somebody"),
        Index(None, "site_id", "audience", "starts_on"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    audience: Mapped[str]
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    place: Mapped[int]
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[uuid.UUID | None]
