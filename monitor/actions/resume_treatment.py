"""Doses go on after a pause."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from monitor.actions.acceptable import check_day
from monitor.actions.file_event import event_row, file_event
from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.actions.suspend_treatment import running
from monitor.store.event import EventKind
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work


@permitted
def resume_treatment(work: Work, *, treatment_id: UUID, on: dt.date, expected_version: int | None = None) -> UUID:
    """Go on with doses from a day. Raises Missing, StaleVersion, Unacceptable, Conflict (not suspended, or over)."""
    treatment = open_treatment(work, treatment_id=treatment_id, expected_version=expected_version)
    check_day(on, field="on", today=treatment.today, born_on=treatment.patient.birth_date)
    decisions = running(work, treatment)
    if not decisions.is_suspended:
        raise Conflict("it is not suspended", field="treatment_id")
    if on < decisions.pauses[-1][0]:
        raise Unacceptable("lies before the suspension", field="on")
    row = event_row(work, treatment_id=treatment_id, kind=EventKind.RESUMED, on=on)
    return file_event(work, treatment, row, action="resume_treatment")
