"""A visit agreed for some items: day, hour, place; append-only. Reminders follow it, lateness does not."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ForeignKey, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.schedules.facts import Moved
from monitor.store.base import Base, at_most, successor_rules
from monitor.store.succession import counts


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


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment that stands."""

    id: uuid.UUID
    treatment_id: uuid.UUID
    keys: tuple[str, ...]
    on: dt.date
    time: dt.time | None
    place: str | None
    recorded_at: dt.datetime


# Typed by hand: the type of the column is that of what it refers to, which need not be known yet.
_IDS: BindParameter[uuid.UUID] = bindparam("ids", type_=Uuid(), expanding=True)
_STANDING = (
    select(
        AppointmentRow.id,
        AppointmentRow.treatment_id,
        AppointmentRow.keys,
        AppointmentRow.on,
        AppointmentRow.time,
        AppointmentRow.place,
        AppointmentRow.recorded_at,
    )
    .where(AppointmentRow.treatment_id.in_(_IDS), counts(AppointmentRow))
    .order_by(AppointmentRow.recorded_at, AppointmentRow.id)
)


def standing_visits(session: Session, *, treatment_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, Visit]]:
    """By treatment and key, the visit agreed for the item; the latest agreed where there are two."""
    found: dict[uuid.UUID, dict[str, Visit]] = defaultdict(dict)
    for row in session.execute(_STANDING, {"ids": treatment_ids}):
        visit = Visit(*row)
        found[visit.treatment_id] |= dict.fromkeys(visit.keys, visit)
    return found


def as_moves(visits: Mapping[str, Visit], *, timezone: str) -> Iterable[Moved]:
    """What the calendar must know of the visits: which item was moved to which day, and when that was agreed."""
    zone = ZoneInfo(timezone) if visits else None
    return (Moved(on=visit.recorded_at.astimezone(zone).date(), key=key, to=visit.on) for key, visit in visits.items())
