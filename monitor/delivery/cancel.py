"""Ends the messages of one patient that have not left yet, because of something that somebody recorded."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import select, update

from monitor.store.message import MessageRow, MessageState
from monitor.store.recipient import Recipient
from monitor.store.reminder import ReminderOutcome, ReminderRow
from monitor.work import Work


def cancel_messages(
    work: Work, *, patient_id: uuid.UUID, why: str, recipients: Collection[str] = tuple(Recipient)
) -> int:
    """Cancel everything that waits for these people around a patient, and say how many messages that were (H36).

    What is being sent at this moment cannot be called back; `why` holds nothing personal.
    """
    waiting = work.session.scalars(
        select(MessageRow)
        .where(
            MessageRow.patient_id == patient_id,
            MessageRow.recipient.in_(recipients),
            MessageRow.state == MessageState.PENDING,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for message in waiting:
        message.state = MessageState.CANCELLED
        message.because = why
        message.settled_at = work.at
        work.note("message.cancel", patient_id=patient_id, site_id=message.site_id, subject=str(message.id), why=why)
    if waiting:
        work.session.execute(
            update(ReminderRow)
            .where(
                ReminderRow.message_id.in_([message.id for message in waiting]),
                ReminderRow.outcome == ReminderOutcome.QUEUED,
            )
            .values(outcome=ReminderOutcome.DROPPED)
        )
    return len(waiting)
