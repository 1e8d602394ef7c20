"""What is written where a mail ends without being taken, and whose task it becomes that a colleague was not told."""

from __future__ import annotations

import logging
import uuid

from sqlalchemy import select, update

from monitor.delivery.faults import is_of_one_record
from monitor.delivery.tasks import Topic, open_task
from monitor.store.alert import AlertRow
from monitor.store.database_time import database_now
from monitor.store.locks import lock_patient
from monitor.store.mail import MailRow, MailState
from monitor.store.notification import NotificationRow, is_calling, tell_in_app
from monitor.work import Work

_log = logging.getLogger(__name__)
_BECAUSE = (
    "a colleague was not told of an alert by mail: see that it is looked at, and let an administrator see to the"
    " address"
)
UNTOLD = frozenset({MailState.FAILED, MailState.NEEDS_HUMAN})


def end_mail(work: Work, mail: MailRow, state: MailState, *, because: str) -> str:
    """End a mail that waited. The row must be held by this transaction; gives its new state."""
    now = database_now(work.session)
    mail.state, mail.because = state.value, because
    mail.settled_at, mail.resend_at, mail.lease_until = now, None, None
    work.session.flush()
    if state in UNTOLD:
        have_it_looked_at(work, mail_id=mail.id)
    work.note(f"mail.{state}", subject=f"mail {mail.id}", why=because)
    return state


def set_mail_aside(work: Work, *, staff_id: uuid.UUID, kind: str) -> str:
    """Tell a colleague to whom no mail can be prepared by the list alone; `kind` names the fault, not its content."""
    tell_in_app(work.session, staff_id=staff_id)
    failed = work.session.scalars(
        update(MailRow)
        .where(
            MailRow.staff_id == staff_id, MailRow.state.in_([MailState.PENDING.value, MailState.UNCERTAIN.value])
        )
        .values(
            state=MailState.FAILED, because=f"could not be prepared: {kind}"[:200], resend_at=None,
            settled_at=database_now(work.session),
        )
        .execution_options(synchronize_session=False)
        .returning(MailRow.id)
    ).all()  # fmt: skip
    for mail_id in failed:
        have_it_looked_at(work, mail_id=mail_id)
    work.note("mail.failed", subject=f"staff {staff_id}", why=kind)
    return MailState.FAILED


def have_it_looked_at(work: Work, *, mail_id: uuid.UUID) -> None:
    """What a mail did not tell is a nurse's task.

    Where not even that can be written, the mail ends without it: it must not stand before the others again (H28).
    """
    try:
        with work.session.begin_nested():
            _open_task(work, mail_id=mail_id)
    except Exception as fault:
        if not is_of_one_record(fault):
            raise
        _log.error("mail %s: what it did not tell cannot be handed over: %s", mail_id, type(fault).__name__)
        work.note("mail.not_handed_over", subject=f"mail {mail_id}", why=type(fault).__name__)


def _open_task(work: Work, *, mail_id: uuid.UUID) -> None:
    """One task a mail, at the gravest of what it told of: the others go on to the next who must know in their time.

    A mail that told of nothing but such a task makes no other: it goes on as well, and would call for itself for ever.
    """
    alert = work.session.scalars(
        select(AlertRow)
        .join(NotificationRow, NotificationRow.alert_id == AlertRow.id)
        .where(NotificationRow.mail_id == mail_id, is_calling(work.at), AlertRow.topic != Topic.UNTOLD)
        .order_by(AlertRow.rank, AlertRow.opened_at, AlertRow.id)
        .limit(1)
    ).one_or_none()
    if alert is None:
        return
    if alert.treatment_id is None:
        lock_patient(work.session, patient_id=alert.patient_id)
    open_task(
        work,
        Topic.UNTOLD,
        treatment_id=alert.treatment_id,
        patient_id=alert.patient_id,
        site_id=alert.site_id,
        because=_BECAUSE,
        evidence=alert.id,
    )
