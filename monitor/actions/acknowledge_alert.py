"""Somebody has seen an alert."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.alert_at_hand import held_open_alert, note_alert
from monitor.actions.permitted import permitted
from monitor.notices.alert_life import ClosingAction, ends_when_seen
from monitor.store.alert import close
from monitor.terms import Level
from monitor.work import Work


@permitted
def acknowledge_alert(work: Work, *, alert_id: UUID, expected_version: int | None = None) -> UUID:
    """Say that the alert was seen; it stays open, unless it only waited for that because its cause is gone (H07).

    What was critical waits for a neurologist, also where a nurse has seen it before (H45). A second time changes
    nothing else. Raises Missing, StaleVersion, Conflict (it is closed).
    """
    row = held_open_alert(work, alert_id, expected_version)
    is_settled = row.eased_because is not None and ends_when_seen(work.by.role, level=Level(row.level))
    if row.acknowledged_at is not None and not is_settled:
        return alert_id
    if row.acknowledged_at is None:
        row.acknowledged_at, row.acknowledged_by, row.escalate_at = work.at, work.by.id, None
    if is_settled:
        close(row, at=work.at, by=work.by.id, reason=row.eased_because or "", action=ClosingAction.NOT_TRUE)
    else:
        row.version += 1
    note_alert(work, row, "acknowledge_alert")
    return alert_id
