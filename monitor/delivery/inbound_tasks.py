"""What somebody wrote becomes the task of a nurse of each patient with that number, and calls again with each text."""

from __future__ import annotations

import uuid

from monitor.delivery.tasks import Topic, open_task
from monitor.delivery.telephone_owners import Owner
from monitor.store.treatment import TreatmentRecord, find_treatments
from monitor.work import Work


def call_nurse(work: Work, topic: Topic, owner: Owner, *, evidence: uuid.UUID, because: str) -> None:
    """One open alert for each patient and cause (H46); another text lets it call again. The caller holds the patient.

    It stands with the newest treatment, or with the patient alone where there is none.
    """
    treatment = _newest(find_treatments(work.session, site_ids=None, patient_id=owner.patient_id))
    open_task(
        work,
        topic,
        treatment_id=None if treatment is None else treatment.id,
        patient_id=owner.patient_id,
        site_id=owner.site_id if treatment is None else treatment.site_id,
        because=because,
        evidence=evidence,
    )


def _newest(treatments: tuple[TreatmentRecord, ...]) -> TreatmentRecord | None:
    return max(treatments, key=lambda one: (one.created_at, one.id), default=None)
