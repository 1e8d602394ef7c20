"""Who decides about a patient decides alone: the lock that every change of a patient's record takes first."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from monitor.store.patient import PatientRow
from monitor.store.treatment import TreatmentRow

_HOLD = select(PatientRow.id).where(PatientRow.id == bindparam("id")).with_for_update(key_share=True)


def lock_patient(session: Session, *, patient_id: uuid.UUID) -> None:
    """Hold the patient until the transaction ends: of two people at once, the second sees what the first one did.

    One lock for all the treatments of a patient, since they share the results; whoever takes it takes no other, so
    nobody waits in a circle. On SQLite the transaction already holds the whole database, and this is a plain read.
    """
    session.execute(_HOLD, {"id": patient_id})


def lock_patient_of(session: Session, *, treatment_id: uuid.UUID) -> None:
    """The same, found through a treatment."""
    owner = select(TreatmentRow.patient_id).where(TreatmentRow.id == treatment_id).scalar_subquery()
    session.execute(select(PatientRow.id).where(PatientRow.id == owner).with_for_update(key_share=True))


def lock_patients(session: Session, *, patient_ids: Collection[uuid.UUID]) -> None:
    """Hold several patients, always in the same order."""
    wanted = select(PatientRow.id).where(PatientRow.id.in_(patient_ids)).order_by(PatientRow.id)
    session.execute(wanted.with_for_update(key_share=True))


def lock_patients_of(session: Session, *, treatment_ids: Sequence[uuid.UUID]) -> None:
    """Hold the patients of many treatments, always in the same order, so that two who do so cannot block each other."""
    owners = select(TreatmentRow.patient_id).where(TreatmentRow.id.in_(treatment_ids))
    session.execute(
        select(PatientRow.id).where(PatientRow.id.in_(owners)).order_by(PatientRow.id).with_for_update(key_share=True)
    )
