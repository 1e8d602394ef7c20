"""Alerts about what a text could not do: tasks of a nurse, which end with a death and come back with its retraction."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from monitor.notices.alert_life import TASKS, Patience
from monitor.schedules.calendar import Alert
from monitor.store.alert import AlertRow, open_alert
from monitor.terms import Audience, Level


def open_again(session: Session, row: AlertRow, *, at: dt.datetime, patience: Patience) -> None:
    """Another alert like one that should not have been closed, unless there is one."""
    wanted = Alert(
        topic=row.topic,
        audience=Audience(row.audience),
        level=Level(row.level),
        since=row.since,
        because=row.because,
        source=row.source,
    )
    open_alert(
        session,
        treatment_id=row.treatment_id,
        patient_id=row.patient_id,
        site_id=row.site_id,
        wanted=wanted,
        at=at,
        patience=patience,
        follows_id=row.id,
    )


def tasks_of(session: Session, *, patient_id: uuid.UUID, closed_because: str | None = None) -> tuple[AlertRow, ...]:
    """The open tasks about messages of a patient, or those that were closed for that reason."""
    query = select(AlertRow).where(
        AlertRow.patient_id == patient_id, or_(*(AlertRow.topic.startswith(word) for word in TASKS))
    )
    if closed_because is None:
        return tuple(session.scalars(query.where(AlertRow.closed_at.is_(None))))
    return tuple(session.scalars(query.where(AlertRow.closing_reason == closed_because)))
