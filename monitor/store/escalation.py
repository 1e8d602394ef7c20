"""Alerts that nobody acknowledged in time: which they are, and the step by which one goes on to the next."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from monitor.store.alert import AlertRow
from monitor.store.site import SiteRow
from monitor.terms import Audience, Level


@dataclass(frozen=True, slots=True)
class Unseen:
    """An alert whose time is up, with what must be known of it and of its site."""

    id: uuid.UUID
    patient_id: uuid.UUID
    site_id: uuid.UUID
    topic: str
    audience: Audience
    level: Level
    step: int
    escalate_at: dt.datetime
    timezone: str
    country: str


def unseen_alerts(session: Session, *, at: dt.datetime) -> tuple[tuple[uuid.UUID, uuid.UUID], ...]:
    """The open alerts whose time is up, each with its patient, the longest waiting first."""
    query = (
        select(AlertRow.id, AlertRow.patient_id)
        .where(AlertRow.closed_at.is_(None), AlertRow.escalate_at <= at)
        .order_by(AlertRow.escalate_at, AlertRow.id)
    )
    return tuple((alert_id, patient_id) for alert_id, patient_id in session.execute(query))


def find_unseen(session: Session, *, alert_id: uuid.UUID, at: dt.datetime) -> Unseen | None:
    """One of them as it now stands; None where somebody has seen or closed it, or another process was faster."""
    query = (
        select(
            AlertRow.id, AlertRow.patient_id, AlertRow.site_id, AlertRow.topic, AlertRow.audience, AlertRow.level,
            AlertRow.step, AlertRow.escalate_at, SiteRow.timezone, SiteRow.country,
        )
        .join(SiteRow, SiteRow.id == AlertRow.site_id)
        .where(AlertRow.id == alert_id, AlertRow.closed_at.is_(None), AlertRow.escalate_at <= at)
    )  # fmt: skip
    found = session.execute(query).mappings().one_or_none()
    if found is None:
        return None
    return Unseen(**{**found, "audience": Audience(found["audience"]), "level": Level(found["level"])})


def go_on(session: Session, alert: Unseen, *, at: dt.datetime, again_at: dt.datetime | None) -> bool:
    """Let it go on to the next who must know, if it still is as it was read; whether it was."""
    taken = session.execute(
        update(AlertRow)
        .where(
            AlertRow.id == alert.id,
            AlertRow.closed_at.is_(None),
            AlertRow.step == alert.step,
            AlertRow.escalate_at == alert.escalate_at,
        )
        .values(
            step=alert.step + 1,
            calls=AlertRow.calls + 1,
            escalated_at=at,
            escalate_at=again_at,
            version=AlertRow.version + 1,
        )
        .returning(AlertRow.id)
        .execution_options(synchronize_session=False)
    )
    return taken.first() is not None
