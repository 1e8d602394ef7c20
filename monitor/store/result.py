"""One value of one laboratory sheet: as it was typed, and what it means in the canonical unit."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from itertools import groupby

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.labs.values import NotDone
from monitor.schedules.facts import Status
from monitor.store.base import Base, at_most, one_of, successor_rules
from monitor.store.succession import stands


class ResultRow(Base):
    """`value`, `unit`, `lower` and `upper` are the text of the sheet; `canonical` is None where it means no number.

    `position` orders the rows of one panel. A retraction is a successor whose status is `entered_in_error`;
    what corrects a preliminary value is no more than preliminary itself. Where the
    laboratory could not measure, `not_done` says why in place of a value. `decimal` is the mark that the sheet writes.
    """

    __tablename__ = "result"
    __table_args__ = (
        Index(None, "patient_id", "collected_on"),
        UniqueConstraint("panel_id", "position"),
        one_of("status", Status),
        one_of("comparator", "<", "<=", ">", ">="),
        one_of("not_done", NotDone),
        one_of("decimal", "point", "comma"),
        CheckConstraint("(value IS NULL) = (not_done IS NOT NULL)", name="value_or_reason"),
        CheckConstraint(
            "CASE WHEN replaces_id IS NULL THEN status IN ('preliminary', 'final') ELSE status <> 'final' END",
            name="successor_has_status",
        ),
        *successor_rules("status = 'entered_in_error'"),
        at_most("analyte", 64),
        at_most("value", 64),
        at_most("unit", 32),
        at_most("lower", 64),
        at_most("upper", 64),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    panel_id: Mapped[uuid.UUID]
    position: Mapped[int]
    analyte: Mapped[str]
    value: Mapped[str | None]
    unit: Mapped[str | None]
    canonical: Mapped[Decimal | None]
    comparator: Mapped[str | None]
    lower: Mapped[str | None]
    upper: Mapped[str | None]
    decimal: Mapped[str] = mapped_column(default="point")
    not_done: Mapped[str | None]
    status: Mapped[str]
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    collected_on: Mapped[dt.date]
    collected_at: Mapped[dt.datetime | None]
    received_at: Mapped[dt.datetime | None]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("result.id"), unique=True)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


def standing_results(session: Session, *, patient_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """The rows of a patient that count, the oldest sample first."""
    query = select(ResultRow.id).where(ResultRow.patient_id == patient_id, stands(ResultRow))
    return tuple(session.scalars(query.order_by(ResultRow.collected_on, ResultRow.id)))


def sheets_since(
    session: Session, *, patient_id: uuid.UUID, collected_on: dt.date, status: str, since: dt.datetime
) -> tuple[tuple[ResultRow, ...], ...]:
    """The sheets of a collection day that were entered since then, each with the rows that nobody replaced since."""
    query = (
        select(ResultRow)
        .where(
            ResultRow.patient_id == patient_id,
            ResultRow.collected_on == collected_on,
            ResultRow.status == status,
            ResultRow.recorded_at >= since,
            ResultRow.replaces_id.is_(None),
            stands(ResultRow),
        )
        .order_by(ResultRow.panel_id, ResultRow.position)
    )
    rows = session.scalars(query).all()
    return tuple(tuple(sheet) for _, sheet in groupby(rows, key=lambda row: row.panel_id))
