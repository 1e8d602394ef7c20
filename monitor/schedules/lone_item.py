"""An item of its own, in no stream that recurs: a sample that a finding asks for, a task of the service."""

from __future__ import annotations

import datetime as dt

import msgspec

from monitor.schedules.calendar import Item, Kind, Outlook, State
from monitor.schedules.working_days import WorkingDays

_DAY = dt.timedelta(days=1)


class Asked(msgspec.Struct, frozen=True):
    """What is asked for, from `opens_on` on, never closing by itself; `overdue_on`: the first day of that state."""

    key: str
    stream: str
    kind: Kind
    opens_on: dt.date
    due_on: dt.date
    overdue_on: dt.date
    because: str
    source: str
    reminders: tuple[int, ...] = ()

    def item(self, *, on: dt.date, working_days: WorkingDays) -> Item:
        """As it stands on that day."""
        return Item(
            key=self.key,
            stream=self.stream,
            kind=self.kind,
            due_on=self.due_on,
            suggested_on=working_days.on_or_after(self.due_on),
            opens_on=self.opens_on,
            closes_on=None,
            state=self._state(on),
            done_on=None,
            moved_from=None,
            blocked_by=(),
            because=self.because,
            source=self.source,
        )

    def outlook(self) -> Outlook:
        """What time will do to it."""
        return Outlook(self.due_on + _DAY, self.overdue_on, self.reminders)

    def _state(self, on: dt.date) -> State:
        if self.overdue_on <= on:
            return State.OVERDUE
        if self.due_on < on:
            return State.LATE
        return State.OPEN if self.opens_on <= on else State.PLANNED
