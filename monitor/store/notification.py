"""Who was told of an alert, each time that it called for somebody, and by which way."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
    exists,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from monitor.store.alert import AlertRow
from monitor.store.base import Base, one_of
from monitor.store.mail import MailRow
from monitor.store.site import SiteRow
from monitor.store.staff import StaffSiteRow
from monitor.terms import Audience, Level


class NotificationState(StrEnum):
    """By which way somebody is told; the list of alerts tells everybody, always."""

    IN_APP = "in_app"  # by that list alone: there is no mail here, or no address of theirs
    WAITING = "waiting"  # for the next mail
    MAILED = "mailed"  # in a mail, whatever became of that
    DROPPED = "dropped"  # somebody had seen to it before their mail was sent


_IS_WAITING = text("state = 'waiting'")


class NotificationRow(Base):
    """One colleague, told once of one call of an alert. `due_at`, of the database's clock: when its mail may leave."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("alert_id", "call", "staff_id"),
        one_of("state", NotificationState),
        CheckConstraint("call >= 1 AND step >= 0", name="call_counts"),
        CheckConstraint("(state = 'mailed') = (mail_id IS NOT NULL)", name="mail_of_mailed"),
        Index("ix_notification_waiting", "due_at", sqlite_where=_IS_WAITING, postgresql_where=_IS_WAITING),
        Index(
            "ix_notification_waiting_for", "staff_id", sqlite_where=_IS_WAITING, postgresql_where=_IS_WAITING
        ),
    )  # fmt: skip

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    alert_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("alert.id"))
    call: Mapped[int]
    step: Mapped[int]
    staff_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[str]
    due_at: Mapped[dt.datetime]
    mail_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(MailRow.id), index=True)
    created_at: Mapped[dt.datetime]


@dataclass(frozen=True, slots=True)
class Calling:
    """An alert that calls for somebody who has not been told of this call yet."""

    id: uuid.UUID
    site_id: uuid.UUID
    timezone: str
    audience: Audience
    level: Level
    step: int
    call: int


def is_calling(at: dt.datetime) -> ColumnElement[bool]:
    """Whether an alert still waits for somebody to see it: open, not acknowledged, not put off."""
    return and_(
        AlertRow.closed_at.is_(None),
        AlertRow.acknowledged_at.is_(None),
        or_(AlertRow.snoozed_until.is_(None), AlertRow.snoozed_until <= at),
    )


def untold_calls(session: Session, *, patient_id: uuid.UUID, at: dt.datetime) -> tuple[Calling, ...]:
    """The alerts of the patient that call for somebody, and of whose call nobody was told.

    What may wait for the next review calls for nobody.
    """
    is_told = exists().where(NotificationRow.alert_id == AlertRow.id, NotificationRow.call == AlertRow.calls)
    query = (
        select(
            AlertRow.id, AlertRow.site_id, SiteRow.timezone, AlertRow.audience, AlertRow.level, AlertRow.step,
            AlertRow.calls,
        )
        .join(SiteRow, SiteRow.id == AlertRow.site_id)
        .where(AlertRow.patient_id == patient_id, AlertRow.level != Level.INFO.value, is_calling(at), ~is_told)
        .order_by(AlertRow.id)
    )  # fmt: skip
    return tuple(
        Calling(alert_id, site_id, timezone, Audience(audience), Level(level), step, call)
        for alert_id, site_id, timezone, audience, level, step, call in session.execute(query)
    )


def still_true(session: Session, ids: Collection[uuid.UUID], *, at: dt.datetime) -> frozenset[uuid.UUID]:
    """Which of these notifications tell of what still waits, by the same call, and is still theirs to see."""
    query = (
        select(NotificationRow.id)
        .join(AlertRow, and_(AlertRow.id == NotificationRow.alert_id, AlertRow.calls == NotificationRow.call))
        .where(
            NotificationRow.id.in_(ids),
            is_calling(at),
            exists().where(StaffSiteRow.staff_id == NotificationRow.staff_id, StaffSiteRow.site_id == AlertRow.site_id),
        )
    )
    return frozenset(session.scalars(query))


def waiting_for(session: Session, *, staff_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """What waits for the next mail to this colleague, held; what another worker holds is left to it."""
    return session.scalars(
        select(NotificationRow.id)
        .where(NotificationRow.staff_id == staff_id, NotificationRow.state == NotificationState.WAITING)
        .order_by(NotificationRow.id)
        .with_for_update(skip_locked=True)
    ).all()


def told_by(session: Session, *, mail_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """What a mail tells of."""
    return session.scalars(select(NotificationRow.id).where(NotificationRow.mail_id == mail_id)).all()


def put_into(session: Session, ids: Collection[uuid.UUID], *, mail_id: uuid.UUID) -> None:
    """Let a mail tell of these, which waited."""
    _now(session, ids, state=NotificationState.MAILED.value, mail_id=mail_id)


def drop(session: Session, ids: Collection[uuid.UUID]) -> None:
    """Of these nobody needs to be told any more."""
    _now(session, ids, state=NotificationState.DROPPED.value)


def tell_in_app(session: Session, *, staff_id: uuid.UUID) -> None:
    """What waits for the next mail to somebody who gets none is told by the list of alerts alone."""
    of_them = NotificationRow.staff_id == staff_id, NotificationRow.state == NotificationState.WAITING
    session.execute(update(NotificationRow).where(*of_them).values(state=NotificationState.IN_APP.value))


def _now(session: Session, ids: Collection[uuid.UUID], **values: object) -> None:
    if ids:
        session.execute(update(NotificationRow).where(NotificationRow.id.in_(ids)).values(**values))
