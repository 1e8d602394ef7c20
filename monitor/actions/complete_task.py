"""Somebody did a task of the calendar."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from monitor.actions.acceptable import check_day
from monitor.actions.file_event import event_row, file_event
from monitor.actions.look_ahead import look_ahead, new_warnings, read_situation
from monitor.actions.open_record import OpenTreatment, open_treatment
from monitor.actions.permitted import permitted
from monitor.schedules.calendar import State
from monitor.schedules.facts import TaskDone
from monitor.schedules.service_items import closing_streams
from monitor.store.event import EventKind
from monitor.terms import Conflict, NotAllowed, Role, Unacceptable
from monitor.work import Work


@permitted
def complete_task(work: Work, *, treatment_id: UUID, key: str, on: dt.date) -> UUID:
    """Tick a task off as done on a day. Samples and doses are not tasks: only their results and doses complete them.

    Raises Missing, Unacceptable (no such task, or not within its window), Conflict (it is done already),
    NotAllowed (only a neurologist closes surveillance).
    """
    treatment = open_treatment(work, treatment_id=treatment_id)
    check_day(on, field="on", today=treatment.today, born_on=treatment.patient.birth_date)
    situation = read_situation(work, treatment)
    refuse_closing(work, treatment, key)
    item = situation.item(key)
    if item is not None and item.state is State.DONE:
        raise Conflict("it is done already", field="key")
    done = msgspec.structs.replace(situation.history, events=(*situation.history.events, TaskDone(on=on, key=key)))
    calendar = look_ahead(work, treatment, done)
    warnings = new_warnings(situation.now, calendar)
    if "unknown_item" in warnings:
        raise Unacceptable(warnings["unknown_item"], field="key")
    if "outside_window" in warnings:
        raise Unacceptable(warnings["outside_window"], field="on")
    found = calendar.find(key)
    if found is None or found.state is not State.DONE:
        raise Unacceptable("this would not complete it: it is not open on that day, or no longer wanted", field="key")
    row = event_row(work, treatment_id=treatment_id, kind=EventKind.TASK_DONE, on=on, key=key)
    return file_event(work, treatment, row, action="complete_task")


def refuse_closing(work: Work, treatment: OpenTreatment, key: str) -> None:
    """Surveillance never ends by itself, and nobody but a neurologist ends it (G8). Raises NotAllowed."""
    if work.by.role is Role.NEUROLOGIST:
        return
    plan = work.catalog.protocol(treatment.record.protocol).plan_for(treatment.record.profile)
    if key.partition("/")[0] in closing_streams(plan):
        raise NotAllowed("only a neurologist closes the surveillance, or opens it again", field="key")
