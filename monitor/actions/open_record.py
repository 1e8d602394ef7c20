"""Opens a patient's record for a change: within the scope of who asks, held until the end, and not a stale copy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from monitor.store.locks import lock_patient, lock_patient_of
from monitor.store.patient import PatientRecord, find_patient
from monitor.store.treatment import TreatmentRecord, find_treatments
from monitor.terms import Actor, Conflict, Missing, Role
from monitor.work import Work


class StaleVersion(Conflict):
    """Somebody changed the record after it was read: read it again, and decide on what it says now (G9)."""


@dataclass(frozen=True, slots=True)
class OpenPatient:
    """A patient held for a change; `today` is the date at the site."""

    record: PatientRecord
    treatments: tuple[TreatmentRecord, ...]
    today: dt.date


@dataclass(frozen=True, slots=True)
class OpenTreatment:
    """A treatment held for a change, with its patient; `today` is the date at the site."""

    record: TreatmentRecord
    patient: PatientRecord
    today: dt.date


def sites_of(actor: Actor) -> frozenset[UUID] | None:
    """The sites whose records the actor reaches; None: all, for the clock itself."""
    return None if actor.role is Role.SYSTEM else actor.site_ids


def open_patient(work: Work, *, patient_id: UUID, expected_version: int | None = None) -> OpenPatient:
    """Hold the patient until the transaction ends. Raises Missing, OtherPatient, StaleVersion."""
    lock_patient(work.session, patient_id=patient_id)
    sites = sites_of(work.by)
    record = find_patient(work.session, patient_id=patient_id, site_ids=sites)
    if record is None:
        raise Missing("no such patient", field="patient_id")
    work.meets(record.id)
    check_version(record.version, expected_version)
    treatments = find_treatments(work.session, site_ids=None, patient_id=patient_id)
    return OpenPatient(record=record, treatments=treatments, today=work.today(record.timezone))


def open_treatment(work: Work, *, treatment_id: UUID, expected_version: int | None = None) -> OpenTreatment:
    """Hold the treatment and its patient until the transaction ends. Raises Missing, OtherPatient, StaleVersion."""
    lock_patient_of(work.session, treatment_id=treatment_id)
    sites = sites_of(work.by)
    found = find_treatments(work.session, site_ids=sites, treatment_ids=(treatment_id,))
    patient = find_patient(work.session, patient_id=found[0].patient_id, site_ids=None) if found else None
    if not found or patient is None:
        raise Missing("no such treatment", field="treatment_id")
    work.meets(patient.id)
    check_version(found[0].version, expected_version)
    return OpenTreatment(record=found[0], patient=patient, today=work.today(found[0].timezone))


def check_version(stored: int, expected: int | None) -> None:
    """Raises StaleVersion where the caller holds another version than the stored one; None: the caller holds none."""
    if expected is not None and expected != stored:
        raise StaleVersion("it was changed meanwhile; read it again")
