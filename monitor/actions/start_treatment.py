"""A patient is put on a protocol: the newest version, or the one that is named, and on that one the treatment stays."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from monitor.actions.follow_up import follow_up
from monitor.actions.open_record import OpenPatient, open_patient
from monitor.actions.permitted import permitted
from monitor.protocols.next_course import check_not_too_far
from monitor.protocols.protocol import Protocol
from monitor.store.event import EventKind, kinds_of_events
from monitor.store.result import standing_results
from monitor.store.treatment import TreatmentRow
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work


@permitted
def start_treatment(
    work: Work,
    *,
    patient_id: UUID,
    protocol: str,
    profile: str,
    started_on: dt.date,
) -> UUID:
    """Start a treatment; `started_on` is the day agreed for the first dose and may lie up to two years ahead.

    Its rules judge what is on file from now on: each value counts as arriving today, so that a grave one alerts also
    where a newer value is normal again (H06).
    Raises Missing, Unacceptable, Conflict (the patient died, or is on this therapy already).
    """
    patient = open_patient(work, patient_id=patient_id)
    pinned = work.catalog.protocol(protocol)
    if profile not in pinned.profiles:
        raise Unacceptable(f"not one of {', '.join(pinned.profiles)}", field="profile")
    check_not_too_far(started_on, today=patient.today, field="started_on")
    if started_on < patient.record.birth_date:
        raise Unacceptable("lies before the birth of the patient", field="started_on")
    _refuse_contradictions(work, patient, pinned)
    row = TreatmentRow(
        id=uuid4(),
        patient_id=patient_id,
        site_id=patient.record.site_id,
        protocol=pinned.name,
        profile=profile,
        started_on=started_on,
        created_at=work.at,
    )
    work.session.add(row)
    work.session.flush()
    work.note(
        "start_treatment",
        patient_id=patient_id,
        site_id=row.site_id,
        subject=f"treatment {row.id}",
        content={"protocol": pinned.name, "digest": pinned.digest},
    )
    follow_up(work, treatment_id=row.id, arrived=standing_results(work.session, patient_id=patient_id))
    return row.id


def _refuse_contradictions(work: Work, patient: OpenPatient, pinned: Protocol) -> None:
    if patient.record.died_on is not None:
        raise Conflict("the patient died", field="patient_id")
    same = [one for one in patient.treatments if work.catalog.protocol(one.protocol).id == pinned.id]
    for treatment in same:
        if EventKind.STOPPED not in kinds_of_events(work.session, treatment_id=treatment.id):
            raise Conflict("the patient is on this therapy already", field="protocol")
