"""Somebody has seen an alert."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.alert_at_hand import held_open_alert, note_alert
from monitor.actions.permitted import permitted
from monitor.notices.alert_life import ClosingAction
from monitor.store.alert import close
from monitor.work import Work


@permitted
def acknowledge_alert(work: Work, *, alert_id: UUID, expected_version: int | None = None) -> UUID:
    """Say that the alert was seen; it stays open, unless it only waited for that because its cause is gone (H07).

    A second time changes nothing. Raises Missing, StaleVersion, Conflict (it is closed).
    """
    row = held_open_alert(work, alert_id, expected_version)
    if row.acknowledged_at is not None:
        return alert_id
    row.acknowledged_at = work.at
    row.acknowledged_by = work.by.id
    row.escalate_at = None
    if row.eased_because is None:
        row.version += 1
    else:
        close(row, at=work.at, by=work.by.id, reason=row.eased_because, action=ClosingAction.NOT_TRUE)
    note_alert(work, row, "acknowledge_alert")
    return alert_id
