"""Somebody stops the sending of texts, for everybody and at once."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.permitted import permitted
from monitor.delivery.pause import pause
from monitor.store.sending_pause import PauseCause
from monitor.work import Work


@permitted
def pause_sending(work: Work, *, reason: str, cause: PauseCause = PauseCause.PERSON) -> UUID:
    """Let no text leave until somebody resumes; the id of the pause that lasts, the first one where there was one.

    Texts whose time runs out meanwhile become tasks, as ever: a pause is never silence. Raises Unacceptable.
    """
    return pause(work, cause=cause, reason=read_reason(reason)).id
