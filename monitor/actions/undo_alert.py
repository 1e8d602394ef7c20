"""Somebody takes back the last thing that was done to an alert: it was the wrong one, or a slip of the hand (H45)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from monitor.actions.alert_at_hand import held_alert, note_alert, patience_for
from monitor.actions.follow_up import follow_up
from monitor.actions.permitted import permitted
from monitor.delivery.tell_staff import tell_staff
from monitor.schedules.topics import RESULT
from monitor.store.alert import BY_ITSELF, AlertRow
from monitor.store.alert_revision import call_again, wake
from monitor.terms import Conflict, NotAllowed, Role
from monitor.work import Work

OWN_FOR = dt.timedelta(hours=24)


class _Act(StrEnum):
    """What a person can have done, the latest in a life last."""

    ACKNOWLEDGE = "acknowledge"
    SNOOZE = "snooze"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class _Done:
    """One of them, with who did it and when."""

    act: _Act
    by: UUID
    at: dt.datetime


@permitted
def undo_alert(work: Work, *, alert_id: UUID, expected_version: int | None = None) -> UUID:
    """Take back the last acknowledging, putting off or closing of the alert: one's own of the last 24 hours.

    A neurologist takes back anybody's, at any time. What is open again, unseen, has its time anew, and is brought into
    step with the values of today. Raises Missing, StaleVersion, NotAllowed, Conflict (there is nothing to take back, or
    another alert about the same is open).
    """
    row = held_alert(work, alert_id, expected_version)
    last = _last(row, at=work.at)
    if last is None:
        raise Conflict("there is nothing that a person did to it", field="alert_id")
    is_own = last.by == work.by.id and work.at - last.at <= OWN_FOR
    if not is_own and work.by.role is not Role.NEUROLOGIST:
        raise NotAllowed("only what you did yourself in the last 24 hours; a neurologist takes back the rest")
    if last.act is _Act.CLOSE:
        _open_again(work, row)
    elif last.act is _Act.SNOOZE:
        wake(row, at=work.at, patience=patience_for(work, row))
    else:
        call_again(row, at=work.at, patience=patience_for(work, row))
    row.version += 1
    note_alert(work, row, "undo_alert", told={"undone": last.act.value, "of": last.by})
    tell_staff(work, patient_id=row.patient_id)
    if last.act is _Act.CLOSE and row.treatment_id is not None:
        work.session.flush()
        follow_up(work, treatment_id=row.treatment_id)
    return alert_id


def _last(row: AlertRow, *, at: dt.datetime) -> _Done | None:
    """The last act of a person that still has an effect; what closed by itself is nobody's act."""
    if row.closed_at is not None and row.closed_by is not None:
        return None if row.closed_by == BY_ITSELF else _Done(_Act.CLOSE, row.closed_by, row.closed_at)
    done: list[_Done] = []
    if row.acknowledged_at is not None and row.acknowledged_by is not None:
        done.append(_Done(_Act.ACKNOWLEDGE, row.acknowledged_by, row.acknowledged_at))
    if row.snoozed_until is not None and row.snoozed_until > at and row.snoozed_by and row.snoozed_at:
        done.append(_Done(_Act.SNOOZE, row.snoozed_by, row.snoozed_at))
    return max(done, key=lambda one: one.at, default=None)


def _open_again(work: Work, row: AlertRow) -> None:
    same = select(AlertRow.id).where(
        AlertRow.patient_id == row.patient_id, AlertRow.topic == row.topic, AlertRow.closed_at.is_(None)
    )
    if not row.topic.startswith(RESULT):
        same = same.where(AlertRow.treatment_id == row.treatment_id)  # or none: some alerts are of the patient alone
    if work.session.scalar(same) is not None:
        raise Conflict("another alert about the same is open", field="alert_id")
    if row.acknowledged_at == row.closed_at:  # it was closed by being seen
        row.acknowledged_at = row.acknowledged_by = None
    row.closed_at = row.closed_by = row.closing_reason = row.closing_action = None
    wake(row, at=work.at, patience=patience_for(work, row))
