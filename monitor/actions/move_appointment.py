"""A visit is on another day, at another hour or in another place; a visit that nobody came to is moved like any."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from monitor.actions.acceptable import read_reason
from monitor.actions.file_fact import file_fact
from monitor.actions.look_ahead import Situation, read_situation
from monitor.actions.make_appointment import check_visit_day, visit_row
from monitor.actions.open_fact import open_fact_of_treatment
from monitor.actions.permitted import permitted
from monitor.schedules.calendar import OVER
from monitor.store.appointment import AppointmentRow
from monitor.store.succession import counts
from monitor.terms import Conflict
from monitor.work import Work


@permitted
def move_appointment(
    work: Work,
    *,
    appointment_id: UUID,
    on: dt.date,
    reason: str,
    time: dt.time | None = None,
    place: str | None = None,
) -> UUID:
    """Agree another day, hour and place for what is left to do of a visit; the id of the new one.

    Hour and place are those given now: the old ones belonged to the old day. Raises Missing,
    Unacceptable, Conflict (moved or cancelled already, or nothing is left to do).
    """
    why = read_reason(reason)
    treatment, old = open_fact_of_treatment(work, AppointmentRow, appointment_id, is_live=counts(AppointmentRow))
    situation = read_situation(work, treatment)
    keys = tuple(key for key in old.keys if not _is_over(situation, key))
    if not keys:
        raise Conflict("everything that it was for is over", field="appointment_id")
    check_visit_day(work, treatment, situation, keys=keys, on=on)
    row = visit_row(work, treatment_id=old.treatment_id, keys=keys, on=on, time=time, place=place)
    row.replaces_id, row.reason = old.id, why
    return file_fact(work, treatment, row, action="move_appointment", why=why, content={"keys": list(keys)})


def _is_over(situation: Situation, key: str) -> bool:
    item = situation.item(key)
    return item is not None and item.state in OVER
