"""Which dose comes next, and which gates stand before it."""

from __future__ import annotations

import datetime as dt

from monitor.labs.gates import Gate, concerns
from monitor.protocols.basis import Basis
from monitor.protocols.protocol import Protocol
from monitor.schedules.calendar import OVER, Forecast, Item, Kind
from monitor.schedules.facts import History
from monitor.schedules.plan import CourseDoses


def pending_doses(calendar: Forecast) -> list[Item]:
    """The doses that were neither given nor given up."""
    return [item for item in calendar.shown if item.kind is Kind.DOSE and item.state not in OVER]


def next_dose(calendar: Forecast) -> Item | None:
    """The first of them; None where none is pending."""
    return min(pending_doses(calendar), key=lambda item: (item.due_on, item.key), default=None)


def course_of(protocol: Protocol, key: str) -> int | None:
    """The course of an item called like `infusion/2.1`; None where the protocol has none."""
    if not isinstance(protocol.rules.doses, CourseDoses):
        return None
    return int(key.partition("/")[2].partition(".")[0])


def gates_of_dose(basis: Basis, history: History, *, course: int | None, on: dt.date) -> tuple[Gate, ...]:
    """Those that concern this person and a dose of that course: of one begun before `on`, only those of every dose.

    What begins a course is its first infusion, whatever its number.
    """
    person = history.person
    has_begun = course is not None and any(
        given.course == course and given.on < on for given in history.administrations
    )
    return tuple(
        gate
        for gate in basis.gates
        if concerns(
            gate,
            sex=person.sex.value,
            childbearing_potential=person.childbearing_potential,
            is_first_day=not has_begun,
        )
    )
