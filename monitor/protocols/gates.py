"""What stands before a dose, gate by gate, were it given on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from monitor.dossier.answers import DossierAnswer
from monitor.labs.gates import GateAnswer
from monitor.protocols.basis import Basis
from monitor.protocols.gate_answers import GateResult, OpenAlert, Surroundings, gate_results
from monitor.protocols.judged import judged
from monitor.protocols.next_dose import course_of, gates_of_dose, next_dose, pending_doses
from monitor.protocols.protocol import Protocol
from monitor.schedules.calendar import Forecast
from monitor.schedules.facts import History, PlannedCourse


class DoseGates(msgspec.Struct, frozen=True):
    """What stands before one dose; `key` is its item, None where no dose is pending."""

    key: str | None
    results: tuple[GateResult, ...]

    @property
    def answer(self) -> GateAnswer:
        """The worst of them."""
        return min((one.answer for one in self.results), key=lambda one: one.rank, default=GateAnswer.PASS)


class Told(msgspec.Struct, frozen=True):
    """What is known besides the history: statements of the dossier, signs, and alerts that nobody closed.

    `noticed`: the days on which each sign was noticed. `open_signs`: those whose alert is open. `open_alerts`: those
    on values.
    """

    answers: Mapping[str, DossierAnswer]
    noticed: Mapping[str, tuple[dt.date, ...]]
    open_signs: frozenset[str]
    open_alerts: tuple[OpenAlert, ...] = ()


def before_dose(
    basis: Basis,
    history: History,
    told: Told,
    *,
    on: dt.date,
    infusion: tuple[int, int] | None = None,
) -> DoseGates:
    """The gates of the next pending dose, or of the `infusion` (course, day) that is meant, were it given on `on`.

    `history`: what is recorded without that dose. Of a course that has not begun, the calendar is asked as if it had
    been agreed for that day, so that intervals and baselines are counted from it. Facts of later days do not count.
    Raises nothing.
    """
    protocol = basis.protocol
    found = judged(basis, history, on=on, until=on, signs=told.noticed)
    pending = next_dose(found.calendar)
    stream = protocol.rules.doses.stream
    key = f"{stream}/{infusion[0]}.{infusion[1]}" if infusion else None if pending is None else pending.key
    course = None if key is None else course_of(protocol, key)
    if course is not None and not any(one.course == course and one.on < on for one in history.administrations):
        found = judged(basis, _beginning(history, course, on), on=on, until=on, signs=told.noticed)
    around = Surroundings(
        answers=told.answers,
        calendar=_shut(found.calendar, protocol, course),
        signs=_holding(protocol, told, on=on),
        alerts=told.open_alerts,
    )
    gates = gates_of_dose(basis, history, course=course, on=on)
    return DoseGates(key, gate_results(gates, found.subject, around, on=on))


def _beginning(history: History, course: int, on: dt.date) -> History:
    others = tuple(planned for planned in history.planned_courses if planned.course != course)
    return msgspec.structs.replace(history, planned_courses=(*others, PlannedCourse(course=course, starts_on=on)))


def _shut(calendar: Forecast, protocol: Protocol, course: int | None) -> dict[str, str | None]:
    """The gates of the calendar that are shut for the dose, each with what the calendar says of it."""
    doses = [item for item in pending_doses(calendar) if course_of(protocol, item.key) == course]
    if course is None:
        doses = sorted(doses, key=lambda item: item.due_on)[:1]
    reasons = {f"baseline:{item.stream}": item.because for item in calendar.shown if item.key.endswith(f"/{course}.0")}
    return {name: reasons.get(name) for item in doses for name in item.blocked_by}


def _holding(protocol: Protocol, told: Told, *, on: dt.date) -> frozenset[str]:
    """The signs noticed up to that day that hold the dose, and whose alert nobody has closed."""
    return frozenset(
        sign.id
        for sign in protocol.signs
        if sign.holds_dose and sign.id in told.open_signs and any(day <= on for day in told.noticed.get(sign.id, ()))
    )
