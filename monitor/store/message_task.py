"""Alerts about what a text could not do: tasks of a nurse, which end with a death."""

from __future__ import annotations

import uuid

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from monitor.schedules.topics import TASKS
from monitor.store.alert import AlertRow


def tasks_of(session: Session, *, patient_id: uuid.UUID) -> tuple[AlertRow, ...]:
    """The open tasks about messages of a patient."""
    query = select(AlertRow).where(
        AlertRow.patient_id == patient_id,
        AlertRow.closed_at.is_(None),
        or_(*(AlertRow.topic.startswith(word) for word in TASKS)),
    )
    return tuple(session.scalars(query))
