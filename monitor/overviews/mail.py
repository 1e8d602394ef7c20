"""Are colleagues told by mail, and does it get on? The part of readiness that looks at it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.delivery.line import MAIL, read_own_line
from monitor.delivery.mail.choose import is_mail_sent
from monitor.settings import Settings
from monitor.store.database_time import database_now
from monitor.store.notification import NotificationRow, NotificationState
from monitor.store.staff import StaffRow


def mail_gets_on(session: Session, *, settings: Settings) -> tuple[bool, str]:
    """Whether mail leaves in time, with how many addresses are refused: where it does not, nobody looks in the night.

    Without a mail server all is well, and the answer says that colleagues are told by their list alone.
    """
    if not is_mail_sent(settings):
        return True, "no mail server is configured: colleagues are told by their list alone"
    stopped = read_own_line(session, name=MAIL)
    if stopped is not None:
        return False, f"stopped: {stopped.reason}"
    is_waiting = NotificationRow.state == NotificationState.WAITING
    oldest = session.scalar(select(func.min(NotificationRow.due_at)).where(is_waiting))
    overdue = dt.timedelta(0) if oldest is None else database_now(session) - oldest
    if overdue > _patience(settings):
        return False, f"somebody has waited to be told for {overdue.total_seconds():.0f} s"
    refused = session.scalar(select(func.count()).where(StaffRow.email_refused_at.is_not(None), StaffRow.is_active))
    return True, f"open, {refused or 0} addresses are refused"


def _patience(settings: Settings) -> dt.timedelta:
    """As long as a mail server may say "not now", and a few turns more."""
    return settings.mail_back_off_longest + settings.mail_every * settings.beats_missed_at_most + settings.lease
