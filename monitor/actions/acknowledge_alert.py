"""Somebody has seen an alert."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from monitor.actions.open_record import check_version, sites_of
from monitor.actions.permitted import permitted
from monitor.store.alert import AlertRow
from monitor.store.locks import lock_patient
from monitor.terms import Conflict, Missing
from monitor.work import Work


@permitted
def acknowledge_alert(work: Work, *, alert_id: UUID, expected_version: int | None = None) -> UUID:
    """Say that the alert was seen; it stays open. A second time changes nothing.

    Raises Missing, StaleVersion, Conflict (it is closed).
    """
    row = open_alert_row(work, alert_id, expected_version)
    if row.acknowledged_at is None:
        row.acknowledged_at = work.at
        row.acknowledged_by = work.by.id
        row.version += 1
        note_alert(work, row, "acknowledge_alert", None)
    return alert_id


def open_alert_row(work: Work, alert_id: UUID, expected_version: int | None) -> AlertRow:
    """The alert, if it is yours to see, with its patient held. Raises Missing, StaleVersion, Conflict."""
    query = select(AlertRow.patient_id).where(AlertRow.id == alert_id)
    sites = sites_of(work.by)
    if sites is not None:
        query = query.where(AlertRow.site_id.in_(sites))
    patient_id = work.session.scalar(query)
    if patient_id is None:
        raise Missing("no such alert", field="alert_id")
    lock_patient(work.session, patient_id=patient_id)
    row = work.session.get_one(AlertRow, alert_id)
    check_version(row.version, expected_version)
    if row.closed_at is not None:
        raise Conflict("it is closed", field="alert_id")
    return row


def note_alert(work: Work, row: AlertRow, action: str, why: str | None) -> None:
    work.note(
        action,
        patient_id=row.patient_id,
        site_id=row.site_id,
        subject=f"alert {row.id}",
        why=why,
        content={"topic": row.topic},
    )
