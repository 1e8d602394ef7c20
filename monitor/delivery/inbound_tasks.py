"""What somebody wrote becomes the task of a nurse of each patient with that number, and calls again with each text."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from monitor.delivery.patience import patience_of
from monitor.delivery.tasks import LEVELS, Topic, local_day
from monitor.delivery.telephone_owners import Owner
from monitor.schedules.calendar import Alert
from monitor.store.alert import AlertRow, open_alert
from monitor.store.alert_revision import revise
from monitor.store.treatment import TreatmentRecord, find_treatments
from monitor.terms import Audience
from monitor.work import Work


def call_nurse(work: Work, topic: Topic, owner: Owner, *, evidence: uuid.UUID, because: str) -> None:
    """One open alert for each patient and cause (H46); another text lets it call again. The caller holds the patient.

    It stands with the newest treatment, or with the patient alone where there is none.
    """
    treatment = _newest(find_treatments(work.session, site_ids=None, patient_id=owner.patient_id))
    at_site = owner if treatment is None else treatment
    wanted = Alert(
        topic=topic,
        audience=Audience.NURSE,
        level=LEVELS[topic],
        since=local_day(work, at_site.timezone),
        because=because,
        source="policy",
    )
    patience = patience_of(work, timezone=at_site.timezone, country=at_site.country)
    treatment_id = None if treatment is None else treatment.id
    row = _open(work, topic, patient_id=owner.patient_id, treatment_id=treatment_id)
    if row is not None:
        revise(row, wanted, at=work.at, patience=patience, about={"evidence": evidence})
    else:
        open_alert(
            work.session,
            treatment_id=treatment_id,
            patient_id=owner.patient_id,
            site_id=at_site.site_id,
            wanted=wanted,
            at=work.at,
            patience=patience,
            evidence=evidence,
        )
    work.session.flush()


def _newest(treatments: tuple[TreatmentRecord, ...]) -> TreatmentRecord | None:
    return max(treatments, key=lambda one: (one.created_at, one.id), default=None)


def _open(work: Work, topic: Topic, *, patient_id: uuid.UUID, treatment_id: uuid.UUID | None) -> AlertRow | None:
    return work.session.scalars(
        select(AlertRow)
        .where(
            AlertRow.patient_id == patient_id,
            AlertRow.treatment_id == treatment_id,
            AlertRow.topic == topic,
            AlertRow.closed_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
