"""What else happened to a treatment: suspended, stopped, waived, done and the like; append-only."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol as Shape

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.schedules.facts import Died, Event, Resumed, Stopped, Suspended, TaskDone, Vaccinated, Waived
from monitor.store.base import Base, at_most, one_of, successor_rules
from monitor.store.succession import counts


class EventKind(StrEnum):
    """The kinds of `schedules.facts.Event`, as the contract spells them; what was moved has an appointment."""

    SUSPENDED = "suspended"
    RESUMED = "resumed"
    STOPPED = "stopped"
    DIED = "died"
    WAIVED = "waived"
    TASK_DONE = "task_done"
    VACCINATED = "vaccinated"


class EventRow(Base):
    """The constraints say which kind carries what, so that every row can be read back as a fact."""

    __tablename__ = "event"
    __table_args__ = (
        one_of("kind", EventKind),
        CheckConstraint("(kind IN ('waived', 'task_done')) = (key IS NOT NULL)", name="key_where_due"),
        CheckConstraint(
            "kind NOT IN ('suspended', 'stopped', 'waived') OR reason IS NOT NULL", name="reason_where_due"
        ),
        CheckConstraint(
            "(kind = 'vaccinated') = (vaccine IS NOT NULL) AND (kind = 'vaccinated') = (live IS NOT NULL)",
            name="vaccine_where_due",
        ),
        *successor_rules(),
        at_most("key", 64),
        at_most("vaccine", 120),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("treatment.id"), index=True)
    kind: Mapped[str]
    on: Mapped[dt.date]
    key: Mapped[str | None]
    reason: Mapped[str | None]
    vaccine: Mapped[str | None]
    live: Mapped[bool | None]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("event.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


class Happening(Shape):
    """What of a row makes the fact; a plain row of columns has it too, and costs a tenth to read."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> dt.date: ...
    @property
    def key(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def vaccine(self) -> str | None: ...
    @property
    def live(self) -> bool | None: ...


def as_event(row: Happening) -> Event:
    """The fact that a row holds; the constraints promise that whatever its kind needs is there."""
    match row.kind:
        case EventKind.SUSPENDED:
            return Suspended(on=row.on, reason=row.reason or "")
        case EventKind.RESUMED:
            return Resumed(on=row.on)
        case EventKind.STOPPED:
            return Stopped(on=row.on, reason=row.reason or "")
        case EventKind.DIED:
            return Died(on=row.on)
        case _:
            return _about_an_item(row)


def _about_an_item(row: Happening) -> Event:
    if row.kind == EventKind.VACCINATED:
        return Vaccinated(on=row.on, vaccine=row.vaccine or "", live=bool(row.live))
    if row.kind == EventKind.WAIVED:
        return Waived(on=row.on, key=row.key or "", reason=row.reason or "")
    return TaskDone(on=row.on, key=row.key or "")


def kinds_of_events(session: Session, *, treatment_id: uuid.UUID) -> set[EventKind]:
    """The kinds of events of a treatment that count."""
    query = select(EventRow.kind).where(EventRow.treatment_id == treatment_id, counts(EventRow)).distinct()
    return {EventKind(kind) for kind in session.scalars(query)}


def standing_events(
    session: Session, *, treatment_ids: Sequence[uuid.UUID], kind: EventKind, key: str | None = None
) -> tuple[EventRow, ...]:
    """The events of that kind (and about that item) that count."""
    query = select(EventRow).where(
        EventRow.treatment_id.in_(treatment_ids), EventRow.kind == kind.value, counts(EventRow)
    )
    if key is not None:
        query = query.where(EventRow.key == key)
    return tuple(session.scalars(query.order_by(EventRow.on, EventRow.id)))
