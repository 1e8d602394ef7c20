"""Short ways to act and to look, for the tests of actions."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from monitor.actions.record_administration import record_administration
from monitor.actions.record_panel import record_panel
from monitor.actions.sheet_line import PanelValue
from monitor.store.agenda import AgendaRow
from monitor.store.alert import AlertRow
from monitor.store.audit import AuditEntryRow
from monitor.store.treatment import TreatmentRow
from monitor.terms import Actor, Refusal
from tests.cast import NOW, TODAY, Cast, Stage

DAY = dt.timedelta(days=1)
_Answer = TypeVar("_Answer")

CBC = (
    PanelValue(analyte="platelets", value="212", unit="10*9/L"),
    PanelValue(analyte="haemoglobin", value="13.2", unit="g/dL"),
    PanelValue(analyte="leukocytes", value="6.1", unit="10*9/L"),
    PanelValue(analyte="neutrophils", value="3.4", unit="10*9/L"),
    PanelValue(analyte="lymphocytes", value="1.1", unit="10*9/L"),
)


def act(stage: Stage, action: Callable[..., _Answer], by: Actor, /, *, at: dt.datetime = NOW, **given: Any) -> _Answer:
    """One action by somebody, committed."""
    with stage.work(by=by, at=at) as work:
        return action(work, **given)


PAPERS_ELSEWHERE = "given before the record began: baseline and papers are in the letter"


def infuse_first_course(stage: Stage, cast: Cast, *, last_on: dt.date = TODAY - 66 * DAY) -> None:
    """Ada has had the five infusions of the first course; a neurologist answers for what the record does not hold."""
    for day in range(1, 6):
        on = last_on - (5 - day) * DAY
        given: dict[str, Any] = {"treatment_id": cast.ada_treatment, "on": on, "course": 1, "day": day}
        if day == 1:
            act(stage, record_administration, cast.noor.actor, **given, reason_override=PAPERS_ELSEWHERE)
        else:
            act(stage, record_administration, cast.nora.actor, **given)


def be_late(stage: Stage, cast: Cast) -> None:
    """Ada's first monthly sample is five days late: the first rung, and two days before the second."""
    infuse_first_course(stage, cast, last_on=TODAY - 36 * DAY)


def blood_count(stage: Stage, cast: Cast, *, on: dt.date, at: dt.datetime = NOW) -> tuple[UUID, ...]:
    """Ada's complete blood count of a day, entered by the nurse."""
    receipt = act(stage, record_panel, cast.nora.actor, at=at, patient_id=cast.ada, collected_on=on, values=CBC)
    return receipt.result_ids


def agenda(stage: Stage, treatment_id: UUID) -> dict[str, AgendaRow]:
    """What the agenda holds, by key."""
    with stage.sessions() as session:
        rows = session.scalars(select(AgendaRow).where(AgendaRow.treatment_id == treatment_id)).all()
    return {row.key: row for row in rows}


def open_alerts(stage: Stage, treatment_id: UUID) -> dict[str, AlertRow]:
    """The open alerts, by topic."""
    query = select(AlertRow).where(AlertRow.treatment_id == treatment_id, AlertRow.closed_at.is_(None))
    with stage.sessions() as session:
        return {row.topic: row for row in session.scalars(query)}


def treatment_of(stage: Stage, treatment_id: UUID) -> TreatmentRow:
    with stage.sessions() as session:
        return session.get_one(TreatmentRow, treatment_id)


def noted(stage: Stage) -> list[str]:
    """The actions that the audit tells of, in order."""
    with stage.sessions() as session:
        return list(session.scalars(select(AuditEntryRow.action).order_by(AuditEntryRow.id)))


def moment(day: dt.date, *, hour: int = 9) -> dt.datetime:
    """A moment of that day, in UTC."""
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)


def together(*tasks: Callable[[], Any]) -> list[object]:
    """What each task gave or raised, all begun at the same moment."""
    gate = threading.Barrier(len(tasks))
    found: list[object] = [None] * len(tasks)

    def run(place: int, task: Callable[[], Any]) -> None:
        gate.wait()
        try:
            found[place] = task()
        except Refusal as refusal:
            found[place] = refusal

    threads = [threading.Thread(target=run, args=(place, task)) for place, task in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
