"""A scale or an examination of a patient: append-only, corrected by a successor."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.base import Base, at_most, successor_rules
from monitor.store.succession import counts


class AssessmentRow(Base):
    """`value` is the text as it was typed: an assessment counts with any value that is not empty.

    `items` are the single scores of a scale that has them, in its order; `value` is then their sum.
    `is_confirmed`: somebody checked a value that can hardly be true.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        Index(None, "patient_id", "on"),
        *successor_rules(),
        at_most("scale", 64),
        at_most("value", 64),
        at_most("reason", 500),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    scale: Mapped[str]
    value: Mapped[str]
    items: Mapped[tuple[str, ...] | None]
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    on: Mapped[dt.date]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("assessment.id"), unique=True)
    is_retraction: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None]
    recorded_by: Mapped[uuid.UUID]
    recorded_at: Mapped[dt.datetime]


def standing_assessments(
    session: Session, *, patient_id: uuid.UUID, scales: Sequence[str], between: tuple[dt.date, dt.date]
) -> tuple[AssessmentRow, ...]:
    """What counts of these scales (by the ids of the dictionary) on these days, both included, in their order."""
    query = (
        select(AssessmentRow)
        .where(
            AssessmentRow.patient_id == patient_id,
            AssessmentRow.scale.in_(scales),
            AssessmentRow.on.between(*between),
            counts(AssessmentRow),
        )
        .order_by(AssessmentRow.on, AssessmentRow.recorded_at, AssessmentRow.id)
    )
    return tuple(session.scalars(query))
