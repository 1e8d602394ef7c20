"""What is written where a mail ends without being taken, and whose task it becomes that a colleague was not told."""

from __future__ import annotations

import uuid

from sqlalchemy import select, update

from monitor.delivery.tasks import Topic, open_task
from monitor.store.alert import AlertRow
from monitor.store.database_time import database_now
from monitor.store.mail import MailRow, MailState
from monitor.store.notification import NotificationRow, is_calling, tell_in_app
from monitor.store.treatment import TreatmentRow
from monitor.work import Work

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

    One task a mail, at the gravest of what it told of: the others go on to the next who must know in their own time.
    """
    alert = work.session.scalars(
        select(AlertRow)
        .join(NotificationRow, NotificationRow.alert_id == AlertRow.id)
        .where(NotificationRow.mail_id == mail_id, is_calling(work.at))
        .order_by(AlertRow.rank, AlertRow.opened_at, AlertRow.id)
        .limit(1)
    ).one_or_none()
    if alert is None:
        return
    of_patient = select(TreatmentRow.id).where(TreatmentRow.patient_id == alert.patient_id).order_by(TreatmentRow.id)
    treatment_id = alert.treatment_id or work.session.scalars(of_patient.limit(1)).one()
    open_task(
        work,
        Topic.UNTOLD,
        treatment_id=treatment_id,
        patient_id=alert.patient_id,
        site_id=alert.site_id,
        because="a colleague was not told of an alert by mail: see that it is looked at, and let an administrator"
        " see to the address",
    )
