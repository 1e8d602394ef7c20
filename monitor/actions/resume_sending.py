"""Somebody lets texts leave again."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from monitor.actions.acceptable import read_reason
from monitor.actions.permitted import permitted
from monitor.delivery.pause import resume
from monitor.store.sending_pause import PauseCause, SendingPauseRow
from monitor.terms import Conflict, Missing, NotAllowed, Role
from monitor.work import Work


@permitted
def resume_sending(work: Work, *, pause_id: UUID, reason: str) -> UUID:
    """End this pause, which the caller has seen: one that somebody else made meanwhile goes on. Its id.

    What followed a restored database only an operator ends, who has reconciled the outbox. Raises Missing, Conflict
    (it ended already), NotAllowed, Unacceptable.
    """
    because = read_reason(reason)
    cause = work.session.scalar(select(SendingPauseRow.cause).where(SendingPauseRow.id == pause_id))
    if cause is None:
        raise Missing("no such pause", field="pause_id")
    if cause == PauseCause.RESTORED and work.by.role is not Role.SYSTEM:
        raise NotAllowed("ended at the command line, once the outbox was reconciled", field="pause_id")
    if not resume(work, pause_id, because=because):
        raise Conflict("it ended already", field="pause_id")
    return pause_id
