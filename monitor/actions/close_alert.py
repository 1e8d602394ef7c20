"""Somebody has dealt with what an alert asked for."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.acknowledge_alert import note_alert, open_alert_row
from monitor.actions.permitted import permitted
from monitor.store.alert import OVERDUE, TASKS, close
from monitor.terms import Conflict, NotAllowed, Role
from monitor.work import Work


@permitted
def close_alert(work: Work, *, alert_id: UUID, reason: str, expected_version: int | None = None) -> UUID:
    """Close an alert and say what was done. What is overdue ends by a clinical act only; a nurse closes tasks.

    Raises Missing, StaleVersion, Unacceptable, Conflict (closed already, or overdue), NotAllowed.
    """
    why = read_reason(reason)
    row = open_alert_row(work, alert_id, expected_version)
    if row.topic.startswith(OVERDUE):
        raise Conflict("what is overdue ends by a sample, a dose, a waiver or a task done", field="alert_id")
    if work.by.role is not Role.NEUROLOGIST and not row.topic.startswith(TASKS):
        raise NotAllowed("only a neurologist may close this")
    close(row, at=work.at, by=work.by.id, reason=why)
    note_alert(work, row, "close_alert", why)
    return alert_id
