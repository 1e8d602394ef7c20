"""What somebody must act upon: one open alert for each treatment and topic, closed with a reason, never deleted."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.notices.alert_life import ClosingAction, Patience
from monitor.schedules.calendar import Alert
from monitor.schedules.topics import RESULT
from monitor.store.base import Base, at_most, one_of
from monitor.terms import Audience, Level

IS_OPEN = text("closed_at IS NULL")
IS_OPEN_OF_RESULT = text(f"closed_at IS NULL AND substr(topic, 1, {len(RESULT)}) = '{RESULT}'")
BY_ITSELF = uuid.UUID(int=0)


class AlertRow(Base):
    """`rank` repeats `level` as a number (0 the most pressing), so that the inbox can be read in order by an index.

    `evidence`: the fact that a `result:` or `sign:` alert stands on; `finding`: JSON of what was found in it. `holds`:
    its cause is still true; where it no longer is, `eased_because` says why, and a person looks before it closes.
    `calls`: how many times it called for somebody, with its opening: as it began anew, and as it went on.
    `step`: how many times it went on to the next who must know, because nobody acknowledged it by `acknowledge_by`;
    `escalate_at`: when it does so again, None where it does not.
    """

    __tablename__ = "alert"
    __table_args__ = (
        one_of("audience", Audience),
        one_of("level", Level),
        at_most("topic", 120),
        at_most("because", 4000),
        at_most("closing_reason", 500),
        at_most("eased_because", 500),
        at_most("snooze_reason", 500),
        at_most("finding", 8000),
        one_of("closing_action", ClosingAction),
        CheckConstraint(
            "rank = CASE level WHEN 'critical' THEN 0 WHEN 'urgent' THEN 1 WHEN 'soon' THEN 2 ELSE 3 END",
            name="rank_of_level",
        ),
        CheckConstraint("(acknowledged_at IS NULL) = (acknowledged_by IS NULL)", name="acknowledged_by_somebody"),
        CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (closing_reason IS NULL)",
            name="closed_with_reason",
        ),
        CheckConstraint("closing_action IS NULL OR closed_at IS NOT NULL", name="action_of_a_closing"),
        CheckConstraint("holds = (eased_because IS NULL)", name="eased_with_reason"),
        CheckConstraint(
            "(snoozed_until IS NULL) = (snoozed_by IS NULL) AND (snoozed_until IS NULL) = (snooze_reason IS NULL)"
            " AND (snoozed_until IS NULL) = (snoozed_at IS NULL)",
            name="snoozed_with_reason",
        ),
        CheckConstraint("step >= 0", name="step_counts"),
        CheckConstraint("calls >= 1", name="calls_count"),
        Index("uq_alert_open", "treatment_id", "topic", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index(
            "uq_alert_open_result", "patient_id", "topic", unique=True,
            sqlite_where=IS_OPEN_OF_RESULT, postgresql_where=IS_OPEN_OF_RESULT,
        ),
        Index("ix_alert_inbox", "site_id", "rank", "since", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index(None, "patient_id"),
        Index(None, "treatment_id", "topic"),
        Index(None, "site_id", "opened_at"),
        Index("ix_alert_escalation", "escalate_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )  # fmt: skip

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    treatment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("treatment.id"))
    patient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("patient.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id"))
    topic: Mapped[str]
    audience: Mapped[str]
    level: Mapped[str]
    rank: Mapped[int]
    since: Mapped[dt.date]
    because: Mapped[str]
    source: Mapped[str]
    opened_at: Mapped[dt.datetime]
    acknowledged_at: Mapped[dt.datetime | None]
    acknowledged_by: Mapped[uuid.UUID | None]
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[uuid.UUID | None]
    closing_reason: Mapped[str | None]
    closing_action: Mapped[str | None]
    evidence: Mapped[uuid.UUID | None]
    finding: Mapped[str | None]
    holds: Mapped[bool] = mapped_column(default=True)
    eased_because: Mapped[str | None]
    acknowledge_by: Mapped[dt.datetime | None]
    step: Mapped[int] = mapped_column(default=0)
    calls: Mapped[int] = mapped_column(default=1)
    escalate_at: Mapped[dt.datetime | None]
    escalated_at: Mapped[dt.datetime | None]
    snoozed_until: Mapped[dt.datetime | None]
    snoozed_by: Mapped[uuid.UUID | None]
    snoozed_at: Mapped[dt.datetime | None]
    snooze_reason: Mapped[str | None]
    superseded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("alert.id"))
    follows_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("alert.id"))
    version: Mapped[int] = mapped_column(default=1)


def opening_values(wanted: Alert, *, at: dt.datetime, patience: Patience) -> dict[str, Any]:
    """The columns of an alert that opens now, but for whom it is about: its verdict and its clock.

    Whatever opens an alert, one by one or in bulk, takes them from here: none is left without a time to be seen by.
    """
    clock = patience.acknowledge_by(wanted.level, at=at)
    return {
        **verdict_of(wanted),
        "topic": wanted.topic,
        "opened_at": at,
        "holds": True,
        "acknowledge_by": clock,
        "escalate_at": clock,
        "step": 0,
        "calls": 1,
        "version": 1,
    }


def open_alert(
    session: Session,
    *,
    treatment_id: uuid.UUID | None,
    patient_id: uuid.UUID,
    site_id: uuid.UUID,
    wanted: Alert,
    at: dt.datetime,
    patience: Patience,
    evidence: uuid.UUID | None = None,
    finding: str | None = None,
    follows_id: uuid.UUID | None = None,
) -> AlertRow | None:
    """Open an alert; None where one of that treatment and topic is open already. The caller holds the patient."""
    is_open = select(AlertRow.id).where(
        AlertRow.treatment_id == treatment_id, AlertRow.topic == wanted.topic, AlertRow.closed_at.is_(None)
    )
    if treatment_id is not None and session.scalar(is_open) is not None:
        return None
    row = AlertRow(
        id=uuid.uuid4(), treatment_id=treatment_id, patient_id=patient_id, site_id=site_id,
        evidence=evidence, finding=finding, follows_id=follows_id,
        **opening_values(wanted, at=at, patience=patience),
    )  # fmt: skip
    session.add(row)
    return row


def close(row: AlertRow, *, at: dt.datetime, by: uuid.UUID, reason: str, action: ClosingAction | None = None) -> None:
    """Close an open alert for good; what comes after is another alert. `action`: what a person did about it."""
    row.closed_at = at
    row.closed_by = by
    row.closing_reason = reason
    row.closing_action = None if action is None else action.value
    row.escalate_at = None
    row.version += 1


def verdict_of(wanted: Alert) -> dict[str, Any]:
    """The columns that say what the calendar wants of an alert."""
    return {
        "audience": wanted.audience.value,
        "level": wanted.level.value,
        "rank": wanted.level.rank,
        "since": wanted.since,
        "because": wanted.because,
        "source": wanted.source,
    }
