"""Are colleagues told by mail, and does it get on? The part of readiness that looks at it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from monitor.delivery.line import MAIL, read_own_line
from monitor.delivery.mail.choose import is_mail_sent
from monitor.settings import Settings
from monitor.store.database_time import database_now
from monitor.store.mail import MailRow, MailState
from monitor.store.notification import NotificationRow, NotificationState
from monitor.store.staff import StaffRow

_IN_HAND = (MailState.PENDING, MailState.SENDING, MailState.UNCERTAIN)


def mail_gets_on(session: Session, *, settings: Settings) -> tuple[bool, str]:
    """Whether mail leaves in time, and to anybody, with how many addresses are refused: else nobody looks in the night.

    Without a mail server all is well, and the answer says that colleagues are told by their list alone.
    """
    if not is_mail_sent(settings):
        return True, "no mail server is configured: colleagues are told by their list alone"
    stopped = read_own_line(session, name=MAIL)
    if stopped is not None:
        return False, f"stopped: {stopped.reason}"
    now = database_now(session)
    waiting = select(func.min(NotificationRow.due_at)).where(NotificationRow.state == NotificationState.WAITING)
    if (overdue := _since(session, waiting, now)) > _patience(settings):
        return False, f"somebody has waited to be told for {overdue.total_seconds():.0f} s"
    in_hand = select(func.min(MailRow.created_at)).where(MailRow.state.in_(one.value for one in _IN_HAND))
    if (overdue := _since(session, in_hand, now)) > _patience(settings) + settings.quarantine:
        return False, f"a mail has not been taken for {overdue.total_seconds():.0f} s"
    addresses, refused = session.execute(
        select(func.count(StaffRow.email), func.count(StaffRow.email_refused_at)).where(StaffRow.is_active)
    ).one()
    return refused < max(addresses, 1), f"open, {refused} addresses are refused"


def _since(session: Session, first: Select[dt.datetime], now: dt.datetime) -> dt.timedelta:
    oldest = session.scalar(first)
    return dt.timedelta(0) if oldest is None else now - oldest


def _patience(settings: Settings) -> dt.timedelta:
    """As long as a mail server may say "not now", and a few turns more."""
    return settings.mail_back_off_longest + settings.mail_every * settings.beats_missed_at_most + settings.lease
