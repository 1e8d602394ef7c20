"""Doses are paused; surveillance that is owed never is."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from monitor.actions.acceptable import check_day, read_reason
from monitor.actions.file_event import event_row, file_event
from monitor.actions.look_ahead import read_situation
from monitor.actions.open_record import OpenTreatment, open_treatment
from monitor.actions.permitted import permitted
from monitor.protocols.next_course import refuse_over
from monitor.schedules.known import Decisions
from monitor.store.event import EventKind
from monitor.terms import Conflict
from monitor.work import Work


@permitted
def suspend_treatment(
    work: Work, *, treatment_id: UUID, on: dt.date, reason: str, expected_version: int | None = None
) -> UUID:
    """Pause doses from a day. Raises Missing, StaleVersion, Unacceptable, Conflict (suspended already, or over)."""
    why = read_reason(reason)
    treatment = open_treatment(work, treatment_id=treatment_id, expected_version=expected_version)
    check_day(on, field="on", today=treatment.today, born_on=treatment.patient.birth_date)
    if running(work, treatment).is_suspended:
        raise Conflict("it is suspended already", field="treatment_id")
    row = event_row(work, treatment_id=treatment_id, kind=EventKind.SUSPENDED, on=on, reason=why)
    return file_event(work, treatment, row, action="suspend_treatment")


def running(work: Work, treatment: OpenTreatment) -> Decisions:
    """What was decided of a treatment that is not over. Raises Conflict."""
    decisions = read_situation(work, treatment).decisions
    refuse_over(decisions)
    return decisions
