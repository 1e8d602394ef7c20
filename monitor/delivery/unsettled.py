"""What happens to a message whose fate is unknown: its lease ran out, or the provider's answer was lost."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select, update

from monitor.delivery.codes import SILENT
from monitor.delivery.tasks import Topic, open_task_for_message
from monitor.store.database_time import database_now
from monitor.store.message import IS_UNSETTLED, AttemptOutcome, MessageAttemptRow, MessageRow, MessageState
from monitor.work import Work


def expired_leases(work: Work) -> Sequence[uuid.UUID]:
    """The messages whose worker has been silent for longer than its lease, by the database's clock."""
    return work.session.scalars(
        select(MessageRow.id).where(
            IS_UNSETTLED,  # so that SQLite finds its index
            MessageRow.state == MessageState.SENDING,
            MessageRow.lease_until < database_now(work.session),
        )
    ).all()


def expire_lease(work: Work, message_id: uuid.UUID) -> bool:
    """A lease that ran out makes the message uncertain, never pending: the provider may have been called (H30)."""
    expired = work.session.execute(
        update(MessageRow)
        .where(
            MessageRow.id == message_id,
            MessageRow.state == MessageState.SENDING,
            MessageRow.lease_until < database_now(work.session),
        )
        .values(
            state=MessageState.UNCERTAIN,
            lease_until=None,
            look_at=database_now(work.session) + work.settings.quarantine,
            empty_looks=0,
            because=SILENT,
        )
        .execution_options(synchronize_session=False)
        .returning(MessageRow.patient_id, MessageRow.site_id, MessageRow.attempt_token)
    ).one_or_none()
    if expired is None:
        return False
    work.session.execute(
        update(MessageAttemptRow)
        .where(MessageAttemptRow.token == expired.attempt_token, MessageAttemptRow.ended_at.is_(None))
        .values(ended_at=database_now(work.session), outcome=AttemptOutcome.UNKNOWN, error_code="lease_expired")
    )
    work.note(
        "message.uncertain", patient_id=expired.patient_id, site_id=expired.site_id, subject=str(message_id),
        why=SILENT,
    )  # fmt: skip
    return True


def hand_over(work: Work, message_id: uuid.UUID) -> bool:
    """Give an uncertain message to a nurse: from now on it is never sent again by itself (H31)."""
    handed = work.session.execute(
        update(MessageRow)
        .where(MessageRow.id == message_id, MessageRow.state == MessageState.UNCERTAIN)
        .values(state=MessageState.NEEDS_HUMAN, look_at=None, settled_at=work.at)
        .execution_options(synchronize_session=False)
        .returning(MessageRow.patient_id, MessageRow.site_id, MessageRow.reference)
    ).one_or_none()
    if handed is None:
        return False
    open_task_for_message(
        work,
        Topic.UNCERTAIN,
        message_id=message_id,
        patient_id=handed.patient_id,
        because=f"message {handed.reference} may not have reached the patient",
    )
    work.note("message.needs_human", patient_id=handed.patient_id, site_id=handed.site_id, subject=str(message_id))
    return True
