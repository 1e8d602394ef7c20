"""An item gets another day; reminders follow it, lateness does not."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from monitor.actions.file_event import event_row, file_event
from monitor.actions.look_ahead import look_ahead, new_warnings, read_situation
from monitor.actions.open_record import open_treatment
from monitor.actions.permitted import permitted
from monitor.schedules.calendar import Item, State
from monitor.schedules.facts import Moved
from monitor.store.event import EventKind, standing_events
from monitor.terms import Conflict, Unacceptable
from monitor.work import Work

_ENDED = frozenset({State.DONE, State.WAIVED, State.CANCELLED, State.MISSED})


@permitted
def move_item(work: Work, *, treatment_id: UUID, key: str, to: dt.date, expected_version: int | None = None) -> UUID:
    """Move an item to another day of its window; a second move takes the place of the first.

    Raises Missing, StaleVersion, Unacceptable (no such item, or a day outside its window), Conflict (it is over).
    """
    treatment = open_treatment(work, treatment_id=treatment_id, expected_version=expected_version)
    situation = read_situation(work, treatment)
    refuse_ended(situation.item(key))
    earlier = standing_events(work.session, treatment_ids=(treatment_id,), kind=EventKind.MOVED, key=key)
    kept = tuple(event for event in situation.history.events if not (isinstance(event, Moved) and event.key == key))
    unmoved = look_ahead(work, treatment, msgspec.structs.replace(situation.history, events=kept))
    moved = msgspec.structs.replace(situation.history, events=(*kept, Moved(on=treatment.today, key=key, to=to)))
    warnings = new_warnings(unmoved, look_ahead(work, treatment, moved))
    if "unknown_item" in warnings:
        raise Unacceptable("the calendar has no such item", field="key")
    if "outside_window" in warnings:
        raise Unacceptable(warnings["outside_window"], field="to")
    row = event_row(work, treatment_id=treatment_id, kind=EventKind.MOVED, on=treatment.today, key=key, to=to)
    if earlier:
        row.replaces_id = earlier[-1].id
        row.reason = "moved again"
    return file_event(work, treatment, row, action="move_item")


def refuse_ended(item: Item | None) -> None:
    """Raises Conflict where the item is over; one that the calendar does not list is judged by its warnings."""
    if item is not None and item.state in _ENDED:
        raise Conflict(f"it is {item.state.value}", field="key")
