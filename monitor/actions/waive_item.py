"""A neurologist decides that an item need not be done, and says why."""

from __future__ import annotations

from uuid import UUID

import msgspec

from monitor.actions.acceptable import read_reason
from monitor.actions.file_event import event_row, file_event
from monitor.actions.look_ahead import look_ahead, new_warnings, read_situation
from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.schedules.calendar import ENDED
from monitor.schedules.facts import Waived
from monitor.store.event import EventKind
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work


@permitted
def waive_item(work: Work, *, treatment_id: UUID, key: str, reason: str) -> UUID:
    """Waive an item from today. Raises Missing, Unacceptable (no such item), Conflict (it is over)."""
    why = read_reason(reason)
    treatment = open_treatment(work, treatment_id=treatment_id)
    situation = read_situation(work, treatment)
    item = situation.item(key)
    if item is not None and item.state in ENDED:  # one that was missed can still be waived
        raise Conflict(f"it is {item.state.value}", field="key")
    event = Waived(on=treatment.today, key=key, reason=why)
    waived = msgspec.structs.replace(situation.history, events=(*situation.history.events, event))
    if "unknown_item" in new_warnings(situation.now, look_ahead(work, treatment, waived)):
        raise Unacceptable("the calendar has no such item", field="key")
    row = event_row(work, treatment_id=treatment_id, kind=EventKind.WAIVED, on=treatment.today, key=key, reason=why)
    return file_event(work, treatment, row, action="waive_item")
