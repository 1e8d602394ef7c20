"""A result and its next version: who may open it to say what is right, and the row that takes its place."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, func, or_, select

from monitor.actions.open_fact import open_fact_of_patient
from monitor.actions.open_record import OpenPatient
from monitor.schedules.facts import Status
from monitor.store.alert import BY_ITSELF, AlertRow
from monitor.store.result import ResultRow
from monitor.store.succession import stands
from monitor.terms import NotAllowed, Role
from monitor.work import Work

OWN_ENTRY_FOR = dt.timedelta(hours=24)


def open_result(work: Work, result_id: UUID) -> tuple[OpenPatient, ResultRow]:
    """The result as it stands, with its patient, held. Raises Missing, Conflict, NotAllowed."""
    is_live = stands(ResultRow) & (ResultRow.status != Status.ENTERED_IN_ERROR.value)
    patient, row = open_fact_of_patient(work, ResultRow, result_id, is_live=is_live)
    _refuse_others(work, row)
    return patient, row


def _refuse_others(work: Work, row: ResultRow) -> None:
    """A neurologist corrects any result; everybody else their own, a nurse only for a day and before others acted."""
    if work.by.role is Role.NEUROLOGIST:
        return
    if row.recorded_by != work.by.id:
        raise NotAllowed("only a neurologist may correct what somebody else entered")
    if work.by.role is Role.NURSE and (work.at - row.recorded_at > OWN_ENTRY_FOR or _somebody_acted(work, row)):
        raise NotAllowed("only a neurologist may correct this now: a day has passed, or somebody has acted on it")


def _somebody_acted(work: Work, row: ResultRow) -> bool:
    """Whether a person acknowledged or closed an alert of the patient since the result was entered."""
    acted = or_(
        AlertRow.acknowledged_at >= row.recorded_at,
        (AlertRow.closed_at >= row.recorded_at) & (AlertRow.closed_by != BY_ITSELF),
    )
    return bool(work.session.scalar(select(exists().where(AlertRow.patient_id == row.patient_id, acted))))


def successor(work: Work, old: ResultRow, why: str, *, status: Status, **values: Any) -> ResultRow:
    """The next version, in the panel of the old one, after all its rows."""
    last = work.session.scalar(select(func.max(ResultRow.position)).where(ResultRow.panel_id == old.panel_id)) or 0
    return ResultRow(
        id=uuid4(),
        patient_id=old.patient_id,
        panel_id=old.panel_id,
        position=last + 1,
        analyte=old.analyte,
        status=status.value,
        replaces_id=old.id,
        reason=why,
        recorded_by=work.by.id,
        recorded_at=work.at,
        **values,
    )
