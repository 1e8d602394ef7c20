"""Short ways to file a platelet count of Ada and to look at what became of the alerts about it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from monitor.actions.acknowledge_alert import acknowledge_alert
from monitor.actions.close_alert import close_alert
from monitor.actions.correct_result import correct_result
from monitor.actions.record_panel import record_panel
from monitor.actions.retract_result import retract_result
from monitor.actions.sheet_line import PanelValue
from monitor.store.alert import AlertRow
from tests.actions.acting import DAY, act, moment
from tests.cast import TODAY, Cast, Stage

BELOW_50, BELOW_100, BELOW_150 = (f"result:platelets.below_{limit}" for limit in (50, 100, 150))
MORNING = moment(TODAY, hour=8)
LATER = MORNING + dt.timedelta(minutes=10)


def platelets(stage: Stage, cast: Cast, value: str, *, days_ago: int = 0, at: dt.datetime = MORNING) -> UUID:
    """File a count; the id of its row."""
    return measured(stage, cast, "platelets", value, "10*9/L", days_ago=days_ago, at=at)


def measured(
    stage: Stage, cast: Cast, analyte: str, value: str, unit: str, *, days_ago: int = 0, at: dt.datetime = MORNING
) -> UUID:
    """File a value of another analyte; the id of its row."""
    receipt = act(
        stage, record_panel, cast.nora.actor, at=at, patient_id=cast.ada, collected_on=TODAY - days_ago * DAY,
        values=[PanelValue(analyte=analyte, value=value, unit=unit)],
    )  # fmt: skip
    return UUID(str(receipt.result_ids[0]))


def see(stage: Stage, cast: Cast, alert: AlertRow, *, at: dt.datetime = LATER) -> None:
    """The neurologist has seen it."""
    act(stage, acknowledge_alert, cast.noor.actor, at=at, alert_id=alert.id)


def settle(stage: Stage, cast: Cast, alert: AlertRow, *, at: dt.datetime = LATER) -> None:
    """The neurologist has dealt with it."""
    given = {"alert_id": alert.id, "action": "patient_called", "reason": "no bleeding, repeat tomorrow"}
    act(stage, close_alert, cast.noor.actor, at=at, **given)


def put_right(stage: Stage, cast: Cast, result_id: UUID, value: str, *, at: dt.datetime = MORNING) -> UUID:
    """Correct a count; the id of the new row."""
    given = {"result_id": result_id, "value": value, "reason": "typed from the wrong line", "is_confirmed": True}
    receipt = act(stage, correct_result, cast.noor.actor, at=at, **given)
    return UUID(str(receipt.result_ids[0]))


def take_back(stage: Stage, cast: Cast, result_id: UUID, *, at: dt.datetime = MORNING) -> None:
    act(stage, retract_result, cast.noor.actor, at=at, result_id=result_id, reason="of another patient")


def on_values(stage: Stage, cast: Cast, *, topic: str | None = None) -> list[AlertRow]:
    """Every alert about Ada's values, the oldest first."""
    query = select(AlertRow).where(AlertRow.patient_id == cast.ada, AlertRow.topic.startswith("result:"))
    if topic is not None:
        query = query.where(AlertRow.topic == topic)
    with stage.sessions() as session:
        return list(session.scalars(query.order_by(AlertRow.opened_at, AlertRow.topic)))


def open_on_values(stage: Stage, cast: Cast) -> dict[str, AlertRow]:
    """The open ones, by topic."""
    return {row.topic: row for row in on_values(stage, cast) if row.closed_at is None}
