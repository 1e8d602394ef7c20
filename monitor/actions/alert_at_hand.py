"""What every verb about an alert begins and ends with: the alert, within reach and held, and the note about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select

from monitor.actions.open_record import check_version, sites_of
from monitor.delivery.patience import patience_of
from monitor.notices.alert_life import Patience
from monitor.store.alert import AlertRow
from monitor.store.locks import lock_patient
from monitor.store.site import SiteRow
from monitor.terms import Conflict, Missing
from monitor.work import Work

NOTHING_MORE: Mapping[str, object] = MappingProxyType({})


def held_alert(work: Work, alert_id: UUID, expected_version: int | None) -> AlertRow:
    """The alert, if it is yours to see, with its patient held. Raises Missing, StaleVersion."""
    query = select(AlertRow.patient_id).where(AlertRow.id == alert_id)
    sites = sites_of(work.by)
    if sites is not None:
        query = query.where(AlertRow.site_id.in_(sites))
    patient_id = work.session.scalar(query)
    if patient_id is None:
        raise Missing("no such alert", field="alert_id")
    work.meets(patient_id)
    lock_patient(work.session, patient_id=patient_id)
    row = work.session.get_one(AlertRow, alert_id)
    check_version(row.version, expected_version)
    return row


def held_open_alert(work: Work, alert_id: UUID, expected_version: int | None) -> AlertRow:
    """The same, of one that is open. Raises Missing, StaleVersion, Conflict."""
    row = held_alert(work, alert_id, expected_version)
    if row.closed_at is not None:
        raise Conflict("it is closed", field="alert_id")
    return row


def patience_for(work: Work, row: AlertRow) -> Patience:
    """How long it may wait at its site."""
    timezone, country = work.session.execute(
        select(SiteRow.timezone, SiteRow.country).where(SiteRow.id == row.site_id)
    ).one()
    return patience_of(work, timezone=timezone, country=country)


def note_alert(
    work: Work, row: AlertRow, action: str, *, why: str | None = None, told: Mapping[str, object] = NOTHING_MORE
) -> None:
    """The audit entry of what was done to it; `told` beside its topic."""
    work.note(
        action,
        patient_id=row.patient_id,
        site_id=row.site_id,
        subject=f"alert {row.id}",
        why=why,
        content={"topic": row.topic, **told},
    )
