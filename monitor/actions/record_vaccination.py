"""A patient was vaccinated: the calendar weighs it against infusions."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from monitor.actions.acceptable import check_day, read_text
from monitor.actions.file_event import event_row, file_event
from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.store.event import EventKind
from monitor.work import Work

LONGEST_VACCINE = 120


@permitted
def record_vaccination(work: Work, *, treatment_id: UUID, on: dt.date, vaccine: str, live: bool) -> UUID:
    """Record a vaccination that took place, even at a wrong time: it is a fact, and the calendar warns of it.

    Raises Missing, Unacceptable.
    """
    name = read_text(vaccine, field="vaccine", longest=LONGEST_VACCINE)
    treatment = open_treatment(work, treatment_id=treatment_id)
    check_day(on, field="on", today=treatment.today, born_on=treatment.patient.birth_date)
    row = event_row(work, treatment_id=treatment_id, kind=EventKind.VACCINATED, on=on, vaccine=name, live=live)
    return file_event(work, treatment, row, action="record_vaccination")
