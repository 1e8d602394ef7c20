"""Something that was recorded of a treatment did not happen, or is no longer decided."""

from __future__ import annotations

from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.complete_task import refuse_closing
from monitor.actions.file_fact import file_fact
from monitor.actions.follow_up import follow_up
from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.open_record import OpenTreatment
from monitor.actions.permitted import permitted
from monitor.actions.sign_report_filed import bring_signs_into_step
from monitor.delivery.patience import patience_of
from monitor.delivery.tell_staff import tell_staff
from monitor.store.ended_alert import ended_by_death, open_again
from monitor.store.event import EventKind, EventRow, standing_events
from monitor.store.patient import change_patient, find_patient
from monitor.store.succession import counts, retraction_of
from monitor.store.treatment import count_change, find_treatments
from monitor.terms import NotAllowed, Role
from monitor.work import Work

_OF_A_NURSE = frozenset({EventKind.TASK_DONE, EventKind.VACCINATED})


@permitted
def retract_event(work: Work, *, event_id: UUID, reason: str) -> UUID:
    """Take an event back; a death is taken back in every treatment of the patient. The id of the retraction.

    Raises Missing, Conflict (taken back or replaced already), NotAllowed (only a neurologist takes back
    what only a neurologist decides, and a death).
    """
    why = read_reason(reason)
    treatment, row = open_fact_of_treatment(work, EventRow, event_id, is_live=counts(EventRow))
    if EventKind(row.kind) not in _OF_A_NURSE and work.by.role is not Role.NEUROLOGIST:
        raise NotAllowed("only a neurologist may take this back")
    if row.kind == EventKind.TASK_DONE.value:
        refuse_closing(work, treatment, row.key or "")
    if row.kind == EventKind.DIED.value:
        _bring_back(work, patient_id=treatment.patient.id, but=row.id, why=why)
    taken_back = retraction_of(row, by=work.by.id, at=work.at, why=why)
    return file_fact(work, treatment, taken_back, action="retract_event", why=why)


def _bring_back(work: Work, *, patient_id: UUID, but: UUID, why: str) -> None:
    """The death was an error: the other treatments of the patient go on as well, and so does what it had ended.

    That is the tasks about messages, and the alerts on values: nobody has seen them, whatever newer values say (H06).
    Signs that were reported meanwhile alert now.
    """
    change_patient(work.session, patient_id=patient_id, died_on=None)
    treatments = find_treatments(work.session, site_ids=None, patient_id=patient_id)
    patience = patience_of(work, timezone=treatments[0].timezone, country=treatments[0].country)
    for ended in ended_by_death(work.session, patient_id=patient_id):
        open_again(work.session, ended, at=work.at, patience=patience)
    tell_staff(work, patient_id=patient_id)
    patient = find_patient(work.session, patient_id=patient_id, site_ids=None)
    assert patient is not None  # noqa: S101 - it is held
    for one in treatments:
        bring_signs_into_step(work, OpenTreatment(one, patient, work.today(one.timezone)))
    deaths = standing_events(work.session, treatment_ids=[one.id for one in treatments], kind=EventKind.DIED)
    for row in deaths:
        if row.id == but:
            continue
        work.session.add(retraction_of(row, by=work.by.id, at=work.at, why=why))
        work.session.flush()
        count_change(work.session, treatment_id=row.treatment_id)
        follow_up(work, treatment_id=row.treatment_id)
