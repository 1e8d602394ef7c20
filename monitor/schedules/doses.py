"""A dose on the timeline, given or not: what every way of dosing produces and every stream hangs on."""

from __future__ import annotations

import datetime as dt

from monitor.schedules.known import Decisions
from monitor.schedules.plan import Visit


class Dose:
    """One slot of the dosing plan.

    `computed_due` follows from the rule, `due_on` is where it was moved to, if it was. `given_on` None and not waived:
    the dose is pending, and what goes with it takes it as given on `taken_on`, the later of `due_on` and `as_of`: the
    day of the question, or the day that ended the treatment or the course, whichever came first. `is_held`: the
    treatment is suspended and this is the dose that waits.
    """

    __slots__ = (
        "because",
        "cancelled_on",
        "computed_due",
        "course",
        "due_on",
        "given_on",
        "is_default",
        "is_held",
        "is_waived",
        "key",
        "number",
        "reason_override",
        "taken_on",
        "visit",
    )

    def __init__(
        self,
        *,
        key: str,
        number: int,
        course: int,
        computed_due: dt.date,
        due_on: dt.date,
        given_on: dt.date | None,
        is_waived: bool,
        as_of: dt.date,
        visit: Visit,
        because: str,
        is_default: bool = False,
        reason_override: str | None = None,
    ) -> None:
        self.key = key
        self.number = number
        self.course = course
        self.computed_due = computed_due
        self.due_on = due_on
        self.given_on = given_on
        self.is_waived = is_waived
        self.visit = visit
        self.because = because
        self.is_default = is_default
        self.reason_override = reason_override
        self.is_held = False
        self.cancelled_on: dt.date | None = None
        self.taken_on = given_on if given_on is not None else (due_on if is_waived else max(due_on, as_of))

    @property
    def is_pending(self) -> bool:
        """Whether this dose is still to be given."""
        return self.given_on is None and not self.is_waived and self.cancelled_on is None


def as_of(known_on: dt.date, causes: list[dt.date]) -> dt.date:
    """The day of the question, or the first day on which pending doses ceased to be owed."""
    return min([known_on, *causes])


def floored(due: dt.date, decisions: Decisions, *, given_on: dt.date | None, waived_on: dt.date | None) -> dt.date:
    """The due date of a dose after every pause that ended while it was waiting (contract, `resumed`)."""
    for _, resumed_on in decisions.pauses:
        was_waiting = resumed_on is not None and (given_on is None or given_on >= resumed_on)
        if was_waiting and resumed_on is not None and (waived_on is None or waived_on > resumed_on):
            due = max(due, resumed_on)
    return due


def moved(due: dt.date, visit: Visit, decisions: Decisions, *, key: str) -> dt.date:
    """Where the newest appointment inside the window moved a dose, else its own date."""
    opens_on = visit.window.opens_on(due)
    return next((to for to in decisions.moves_to.get(key, ()) if to >= opens_on), due)


def hold(doses: list[Dose], decisions: Decisions, *, on: dt.date) -> None:
    """Marks the doses that wait while the treatment is suspended: the next one, and any that came due since."""
    if not decisions.is_suspended:
        return
    pending = [dose for dose in doses if dose.is_pending]
    for place, dose in enumerate(pending):
        dose.is_held = place == 0 or dose.due_on <= on


def cancel_pending(doses: list[Dose], *, on: dt.date) -> None:
    """Ends every dose that was not given, for a stop or a death on `on`."""
    for dose in doses:
        if dose.is_pending:
            dose.cancelled_on = on
