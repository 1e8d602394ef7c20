"""A patient died: everything ends, and nobody gets a text about an appointment any more (H36)."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from monitor.actions.acceptable import check_day
from monitor.actions.file_event import event_row
from monitor.actions.follow_up import follow_up
from monitor.actions.open_record import open_patient
from monitor.actions.permitted import permitted
from monitor.actions.transfer_steps import end_what_is_under_way
from monitor.delivery.queue import cancel_messages
from monitor.notices.alert_life import THE_DEATH
from monitor.store.alert import close
from monitor.store.event import EventKind
from monitor.store.message_task import tasks_of
from monitor.store.patient import change_patient
from monitor.store.treatment import count_change
from monitor.terms import Conflict
from monitor.work import Work


@permitted
def record_death(work: Work, *, patient_id: UUID, on: dt.date, expected_version: int | None = None) -> UUID:
    """Record a death in every treatment of the patient; the id of the patient.

    Later facts still count and are warned of. Raises Missing, StaleVersion, Unacceptable, Conflict (recorded already).
    """
    patient = open_patient(work, patient_id=patient_id, expected_version=expected_version)
    check_day(on, field="on", today=patient.today, born_on=patient.record.birth_date)
    if patient.record.died_on is not None:
        raise Conflict("the death is recorded already", field="patient_id")
    rows = [event_row(work, treatment_id=one.id, kind=EventKind.DIED, on=on) for one in patient.treatments]
    work.session.add_all(rows)
    work.session.flush()
    change_patient(work.session, patient_id=patient_id, died_on=on)
    work.note(
        "record_death",
        patient_id=patient_id,
        site_id=patient.record.site_id,
        subject=f"patient {patient_id}",
        content={"events": [row.id for row in rows]},
    )
    cancel_messages(work, patient_id=patient_id, why=THE_DEATH)
    end_what_is_under_way(work, patient_id=patient_id, because=THE_DEATH)
    for task in tasks_of(work.session, patient_id=patient_id):
        close(task, at=work.at, by=work.by.id, reason=THE_DEATH)
    for treatment in patient.treatments:
        count_change(work.session, treatment_id=treatment.id)
        follow_up(work, treatment_id=treatment.id)
    return patient_id
