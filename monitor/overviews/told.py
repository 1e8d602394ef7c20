"""Who was told of an alert, when, and by which way: for whoever asks why nobody came."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select

from monitor.overviews.addressed import Colleague
from monitor.overviews.alerts import alert
from monitor.overviews.pages import fetch
from monitor.store.mail import MailRow, MailState
from monitor.store.notification import NotificationRow, NotificationState
from monitor.store.staff import StaffRow
from monitor.work import Work

WAYS: tuple[str, ...] = tuple(state.value for state in NotificationState)
MAIL_STATES: tuple[str, ...] = tuple(state.value for state in MailState)


class Told(msgspec.Struct, frozen=True):
    """One colleague, told of one call of the alert; `mail` is how far that came, None where there was none."""

    colleague: Colleague
    call: int
    step: int
    at: dt.datetime
    way: str
    mail: str | None


class ToldOfAlert(msgspec.Struct, frozen=True):
    """Everybody who was told of an alert, in order."""

    alert_id: UUID
    told: tuple[Told, ...]


def told_of_alert(work: Work, *, alert_id: UUID) -> ToldOfAlert:
    """By call and name; `Missing` where there is no such alert, or it is of another site."""
    alert(work, alert_id=alert_id)
    query = (
        select(
            StaffRow.id, StaffRow.name, NotificationRow.call, NotificationRow.step, NotificationRow.created_at,
            NotificationRow.state, MailRow.state.label("mail"),
        )
        .join(StaffRow, StaffRow.id == NotificationRow.staff_id)
        .outerjoin(MailRow, MailRow.id == NotificationRow.mail_id)
        .where(NotificationRow.alert_id == alert_id)
        .order_by(NotificationRow.call, StaffRow.name)
    )  # fmt: skip
    told = tuple(Told(Colleague(staff_id, name), *rest) for staff_id, name, *rest in fetch(work, query))
    return ToldOfAlert(alert_id, told)
