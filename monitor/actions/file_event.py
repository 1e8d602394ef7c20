"""Files one event of a treatment: what every decision and every task done have in common."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from monitor.actions.file_fact import file_fact
from monitor.actions.open_record import OpenTreatment
from monitor.store.event import EventKind, EventRow
from monitor.work import Work


def event_row(
    work: Work,
    *,
    treatment_id: UUID,
    kind: EventKind,
    on: dt.date,
    key: str | None = None,
    reason: str | None = None,
    vaccine: str | None = None,
    live: bool | None = None,
) -> EventRow:
    """The row of an event, recorded now by whoever works."""
    return EventRow(
        id=uuid4(),
        treatment_id=treatment_id,
        kind=kind.value,
        on=on,
        key=key,
        reason=reason,
        vaccine=vaccine,
        live=live,
        is_retraction=False,
        recorded_by=work.by.id,
        recorded_at=work.at,
    )


def file_event(work: Work, treatment: OpenTreatment, row: EventRow, *, action: str) -> UUID:
    """File the event and follow the treatment up; the id of the event."""
    return file_fact(work, treatment, row, action=action, why=row.reason, content={"kind": row.kind, "key": row.key})
