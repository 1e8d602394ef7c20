"""Writes down whether a telephone still belongs to whom we believe, whoever found it out (H34)."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from monitor.delivery.tasks import Topic
from monitor.store.alert import AlertRow, close
from monitor.store.number_check import CheckedBy, NumberCheckRow, next_check
from monitor.store.patient import change_patient
from monitor.work import Work

CONFIRMED = "the telephone was confirmed"


def note_number(
    work: Work,
    *,
    patient_id: uuid.UUID,
    site_id: uuid.UUID,
    caregiver_id: uuid.UUID | None,
    phone: str,
    is_right: bool,
    checked_by: CheckedBy,
    reason: str | None = None,
) -> uuid.UUID:
    """Append what was found out about the telephone of the patient, or of that caregiver; the id of the entry.

    A confirmation ends the task that asked for it; a number that is wrong (`reason` says why) gets no text until it is
    confirmed, or another takes its place. The caller holds the patient, and sees to the follow-up.
    """
    row = NumberCheckRow(
        id=uuid.uuid4(),
        patient_id=patient_id,
        caregiver_id=caregiver_id,
        number=next_check(work.session, patient_id=patient_id),
        phone=phone,
        is_right=is_right,
        checked_by=checked_by.value,
        reason=reason,
        at=work.at,
        recorded_by=work.by.id,
    )
    work.session.add(row)
    work.session.flush()
    change_patient(work.session, patient_id=patient_id)
    action = "confirm_number" if is_right else "report_wrong_number"
    work.note(action, patient_id=patient_id, site_id=site_id, subject=f"number_check {row.id}", why=reason)
    if is_right:
        _end_tasks(work, patient_id)
    return row.id


def _end_tasks(work: Work, patient_id: uuid.UUID) -> None:
    """Where the other one of the two has to be confirmed too, the next text asks again."""
    asked = select(AlertRow).where(
        AlertRow.patient_id == patient_id, AlertRow.topic == Topic.NUMBER.value, AlertRow.closed_at.is_(None)
    )
    for task in work.session.scalars(asked):
        close(task, at=work.at, by=work.by.id, reason=CONFIRMED)
