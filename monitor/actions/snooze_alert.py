"""Somebody puts an alert off, for a time that has an end and a reason."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.alert_at_hand import held_open_alert, note_alert
from monitor.actions.permitted import permitted
from monitor.notices.alert_life import longest_snooze
from monitor.terms import Level, Unacceptable
from monitor.work import Work


@permitted
def snooze_alert(
    work: Work, *, alert_id: UUID, until: dt.datetime, reason: str, expected_version: int | None = None
) -> UUID:
    """Hide the alert from the inbox until a moment (aware); it comes back sooner with new evidence or a graver level.

    To put off is not to have seen (H47): what nobody has acknowledged goes on to the next in its own time, however
    often it is put off, and is put off no further than that. Raises Missing, StaleVersion, Conflict (it is closed),
    Unacceptable (the moment is past, or further away than its level or its time to be seen by allows).
    """
    why = read_reason(reason)
    row = held_open_alert(work, alert_id, expected_version)
    if until <= work.at:
        raise Unacceptable("must lie ahead", field="until")
    if until > longest_snooze(Level(row.level), at=work.at):
        raise Unacceptable("further away than an alert of this level may wait", field="until")
    if row.escalate_at is not None and until > row.escalate_at:
        raise Unacceptable("later than somebody must have seen it: acknowledge it first", field="until")
    row.snoozed_until, row.snoozed_by, row.snoozed_at, row.snooze_reason = until, work.by.id, work.at, why
    row.version += 1
    note_alert(work, row, "snooze_alert", why=why, told={"until": until.astimezone(dt.UTC).isoformat()})
    return alert_id
