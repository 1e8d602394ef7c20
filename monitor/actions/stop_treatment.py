"""No more doses. Stopping never stops the surveillance that is owed: the calendar goes on asking for it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from monitor.actions.acceptable import check_day, read_reason
from monitor.actions.file_event import event_row, file_event
from monitor.actions.look_ahead import read_situation
from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.protocols.next_course import refuse_over
from monitor.store.event import EventKind
from monitor.work import Work


@permitted
def stop_treatment(
    work: Work, *, treatment_id: UUID, on: dt.date, reason: str, expected_version: int | None = None
) -> UUID:
    """Stop a treatment for good. Raises Missing, StaleVersion, Unacceptable, Conflict (stopped already, or a death)."""
    why = read_reason(reason)
    treatment = open_treatment(work, treatment_id=treatment_id, expected_version=expected_version)
    check_day(on, field="on", today=treatment.today, born_on=treatment.patient.birth_date)
    refuse_over(read_situation(work, treatment).decisions)
    row = event_row(work, treatment_id=treatment_id, kind=EventKind.STOPPED, on=on, reason=why)
    return file_event(work, treatment, row, action="stop_treatment")
