"""One occurrence of a stream while the calendar is being worked out, before it becomes an item."""

from __future__ import annotations

import datetime as dt

from monitor.schedules.calendar import State
from monitor.schedules.doses import Dose
from monitor.schedules.plan import Rungs, Stream


class Occurrence:
    """`computed_due` is what lateness counts from; `due_on` is where an appointment moved it, if it did.

    `waits_for`: the dose it goes with, as long as that dose is pending; it is then never late, overdue or missed.
    `dose`: the dose that it is or goes with, pending or not. `superseded_on`: the day a newer course ended its series,
    the last on which it can be credited.
    """

    __slots__ = (
        "cancelled_on",
        "closes_on",
        "computed_due",
        "course",
        "dose",
        "done_on",
        "due_on",
        "is_baseline",
        "is_waived",
        "is_waived_with_dose",
        "key",
        "number",
        "opens_on",
        "overdue_on",
        "rungs",
        "state",
        "stream",
        "superseded_on",
        "waits_for",
        "why",
    )

    def __init__(
        self,
        stream: Stream,
        *,
        key: str,
        number: int,
        due: dt.date,
        opens_on: dt.date,
        closes_on: dt.date | None,
        overdue_on: dt.date | None,
        why: str,
        rungs: Rungs,
        course: int = 0,
        is_baseline: bool = False,
    ) -> None:
        self.stream = stream
        self.key = key
        self.number = number
        self.course = course
        self.computed_due = due
        self.due_on = due
        self.opens_on = opens_on
        self.closes_on = closes_on
        self.overdue_on = overdue_on
        self.why = why
        self.rungs = rungs
        self.is_baseline = is_baseline
        self.is_waived = False
        self.is_waived_with_dose = False
        self.done_on: dt.date | None = None
        self.cancelled_on: dt.date | None = None
        self.superseded_on: dt.date | None = None
        self.dose: Dose | None = None
        self.waits_for: Dose | None = None
        self.state = State.PLANNED

    @property
    def reminders(self) -> tuple[int, ...]:
        """The days, from the due date, on which the patient is reminded."""
        if self.dose is not None and self.key == self.dose.key:
            return self.dose.visit.reminders
        return self.stream.reminders

    def is_creditable(self, day: dt.date) -> bool:
        """Whether a fact of `day` can still credit this occurrence."""
        return (
            self.done_on is None
            and self.opens_on <= day
            and (self.closes_on is None or day < self.closes_on)
            and (self.superseded_on is None or day <= self.superseded_on)
        )

    def state_on(self, on: dt.date) -> State:
        """The first state that fits, in the order of the contract."""
        if self.done_on is not None:
            return State.DONE
        if self.is_waived or self.is_waived_with_dose:
            return State.WAIVED
        closes_on, ended_on = self.closes_on, self.cancelled_on
        if ended_on is not None and not (closes_on is not None and closes_on <= ended_on):
            return State.CANCELLED
        if self.dose is not None and self.dose.is_held:
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
