"""One occurrence of a stream while the calendar is being worked out, before it becomes an item."""

from __future__ import annotations

import datetime as dt

import msgspec

from monitor.schedules.calendar import State
from monitor.schedules.doses import Dose
from monitor.schedules.plan import Rungs, Stream


class Occurrence(msgspec.Struct, kw_only=True, gc=False):  # no occurrence refers to another: no cycle
    """`computed_due` is what lateness counts from; `due_on` is where an appointment moved it, if it did.

    `waits_for`: the dose it goes with, as long as that dose is pending; it is then never late, overdue or missed.
    `dose`: the dose that it is or goes with, pending or not. `superseded_on`: the day a newer course ended its series,
    the last on which it can be credited. `gates`: what stands against it on the day of the question. A structure of
    msgspec, because a forecast makes some three hundred of them.
    """

    stream: Stream
    key: str
    number: int
    computed_due: dt.date
    due_on: dt.date
    opens_on: dt.date
    closes_on: dt.date | None
    overdue_on: dt.date | None
    why: str
    rungs: Rungs
    course: int = 0
    is_baseline: bool = False
    is_waived: bool = False
    is_waived_with_dose: bool = False
    done_on: dt.date | None = None
    cancelled_on: dt.date | None = None
    superseded_on: dt.date | None = None
    dose: Dose | None = None
    waits_for: Dose | None = None
    gates: tuple[str, ...] = ()
    state: State = State.PLANNED

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has done or decided anything about it, and it hangs on no dose."""
        return self.done_on is None and self.cancelled_on is None and self.dose is None and not self.is_waived

    def has_in_window(self, day: dt.date) -> bool:
        """Whether `day` lies in the window, which includes its first day and not its last."""
        return self.opens_on <= day and (self.closes_on is None or day < self.closes_on)

    def is_creditable(self, day: dt.date) -> bool:
        """Whether a fact of `day` can still credit this occurrence."""
        is_in_force = self.superseded_on is None or day <= self.superseded_on
        return self.done_on is None and is_in_force and self.has_in_window(day)

    def state_on(self, on: dt.date) -> State:
        """The first state that fits, in the order of the contract."""
        if self.done_on is not None:
            return State.DONE
        if self.is_waived or self.is_waived_with_dose:
            return State.WAIVED
        closes_on, ended_on = self.closes_on, self.cancelled_on
        if ended_on is not None and not (closes_on is not None and closes_on <= ended_on):
            return State.CANCELLED
        if self.dose is not None and self.dose.is_held and (self.waits_for is not None or self.key == self.dose.key):
            return State.PLANNED
        if self.waits_for is not None:
            return State.OPEN if self.opens_on <= on else State.PLANNED
        if closes_on is not None and closes_on <= on:
            return State.MISSED
        if self.overdue_on is not None and self.overdue_on <= on:
            return State.OVERDUE
        if self.computed_due < on:
            return State.LATE
        return State.OPEN if self.opens_on <= on else State.PLANNED
