"""Somebody has dealt with what an alert asked for."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.alert_at_hand import held_open_alert, note_alert
from monitor.actions.permitted import permitted
from monitor.notices.alert_life import ClosingAction, may_close
from monitor.schedules.topics import OVERDUE
from monitor.store.alert import close
from monitor.terms import Conflict, Level, NotAllowed, Unacceptable
from monitor.work import Work


@permitted
def close_alert(work: Work, *, alert_id: UUID, action: str, reason: str, expected_version: int | None = None) -> UUID:
    """Close an alert and say what was done. What is overdue ends by a clinical act only; a nurse closes tasks (H45).

    Raises Missing, StaleVersion, Unacceptable, Conflict (closed already, or overdue), NotAllowed.
    """
    why = read_reason(reason)
    if action not in set(ClosingAction):
        raise Unacceptable("not one of the known actions", field="action")
    row = held_open_alert(work, alert_id, expected_version)
    if row.topic.startswith(OVERDUE):
        raise Conflict("what is overdue ends by a sample, a dose, a waiver or a task done", field="alert_id")
    if not may_close(work.by.role, topic=row.topic, level=Level(row.level)):
        raise NotAllowed("only a neurologist may close this")
    close(row, at=work.at, by=work.by.id, reason=why, action=ClosingAction(action))
    note_alert(work, row, "close_alert", why=why, told={"action": action})
    return alert_id
