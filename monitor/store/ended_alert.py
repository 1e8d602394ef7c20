"""Alerts that a death ended, and that come back where the death was an error."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from monitor.notices.alert_life import THE_DEATH, Patience
from monitor.schedules.calendar import Alert
from monitor.schedules.topics import RESULT, TASKS
from monitor.store.alert import AlertRow, open_alert
from monitor.terms import Audience, Level


def ended_by_death(session: Session, *, patient_id: uuid.UUID) -> tuple[AlertRow, ...]:
    """The tasks about messages and the alerts on values that a death closed, and that no later one has followed."""
    later = aliased(AlertRow)
    query = select(AlertRow).where(
        AlertRow.patient_id == patient_id,
        AlertRow.closing_reason == THE_DEATH,
        or_(*(AlertRow.topic.startswith(word, autoescape=True) for word in (*TASKS, RESULT))),
        ~select(later.id).where(later.follows_id == AlertRow.id).exists(),
    )
    return tuple(session.scalars(query.order_by(AlertRow.opened_at, AlertRow.id)))


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
        evidence=row.evidence,
        finding=row.finding,
        follows_id=row.id,
    )
