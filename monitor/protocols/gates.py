"""What stands before a dose, gate by gate: values, statements of the dossier, the calendar, reported signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

import msgspec

from monitor.dossier.answers import DossierAnswer
from monitor.labs.gates import Evidence, Gate, GateAnswer, oldest_allowed, value_evidence
from monitor.labs.subject import Subject
from monitor.protocols.judged import Judged
from monitor.protocols.protocol import Protocol
from monitor.schedules.calendar import OVER, Forecast, Item, Kind
from monitor.schedules.facts import Person
from monitor.schedules.plan import CourseDoses


class GateResult(msgspec.Struct, frozen=True):
    """One gate on the day of a dose: its answer, the fact it stands on with its age in days, and its authority."""

    id: str
    title: str
    answer: GateAnswer
    because: str
    source: str
    found: str | None = None
    unit: str | None = None
    on: dt.date | None = None
    age_days: int | None = None


class Surroundings(msgspec.Struct, frozen=True):
    """What gates ask besides values: who it is about, what the dossier states, what the calendar and signs hold.

    `calendar`: the ids in `blocked_by` of the dose. `is_first_day`: of a course, or of any dose where there are none.
    """

    person: Person
    answers: Mapping[str, DossierAnswer]
    calendar: Collection[str]
    signs: Collection[str]
    is_first_day: bool


def gate_results(
    gates: Iterable[Gate], subject: Subject, around: Surroundings, *, on: dt.date
) -> tuple[GateResult, ...]:
    """The answer of every gate that concerns this dose on `on`, what blocks first, then what asks. Raises nothing.

    Facts of the day and before count. Source: each gate names its own; clinical sections 1.5 and 2.5.
    """
    found = [
        result
        for gate in gates
        if _concerns(gate, around)
        for result in (_calendar(gate, around) if gate.calendar is not None else (_answer(gate, subject, around, on),))
    ]
    return tuple(sorted(found, key=lambda one: one.answer.rank))


def blocked(results: Iterable[GateResult]) -> tuple[GateResult, ...]:
    """The gates that stop the dose."""
    return tuple(one for one in results if one.answer is GateAnswer.BLOCK)


def _concerns(gate: Gate, around: Surroundings) -> bool:
    if not around.is_first_day and not gate.every_dose:
        return False
    if gate.sex is not None and around.person.sex.value != gate.sex:
        return False
    excluded = gate.unless_childbearing_potential_is
    return excluded is None or around.person.childbearing_potential is not excluded


def _calendar(gate: Gate, around: Surroundings) -> tuple[GateResult, ...]:
    """One answer for each gate of the calendar that it follows; one that passes where none of them is shut."""
    shut = [name for name in around.calendar if name == gate.calendar or name.startswith(f"{gate.calendar}:")]
    if not shut:
        return (GateResult(gate.id, gate.title, GateAnswer.PASS, "the calendar holds nothing against it", gate.source),)
    because = "the calendar says so"
    return tuple(GateResult(name, gate.title, GateAnswer.BLOCK, because, gate.source) for name in shut)


def _answer(gate: Gate, subject: Subject, around: Surroundings, on: dt.date) -> GateResult:
    if gate.signs:
        return _signs(gate, around)
    known = [one for one in (value_evidence(gate, subject, on=on), _stated(gate, around, on=on)) if one is not None]
    if not known:
        return GateResult(gate.id, gate.title, GateAnswer(gate.missing), "nothing is known of it", gate.source)
    newest = max(known, key=lambda one: (one.on, -one.answer.rank))
    answer, because = newest.answer, newest.because
    oldest = oldest_allowed(gate, subject, on=on)
    if answer is not GateAnswer.BLOCK and oldest is not None and newest.on < oldest:
        answer, because = GateAnswer(gate.stale), f"older than {oldest}, the first day that counts"
    return GateResult(
        id=gate.id,
        title=gate.title,
        answer=answer,
        because=because,
        source=gate.source,
        found=newest.found,
        unit=newest.unit,
        on=newest.on,
        age_days=(on - newest.on).days,
    )


def _signs(gate: Gate, around: Surroundings) -> GateResult:
    if around.signs:
        told = ", ".join(sorted(around.signs))
        because = "reported, and no neurologist has closed the alert"
        return GateResult(gate.id, gate.title, GateAnswer.BLOCK, because, gate.source, found=told)
    return GateResult(gate.id, gate.title, GateAnswer.PASS, "no sign that holds the dose is open", gate.source)


def _stated(gate: Gate, around: Surroundings, *, on: dt.date) -> Evidence | None:
    """What the newest statement of the dossier says, of those that the gate asks for."""
    found = []
    for asked in gate.asks:
        said = around.answers.get(asked.about)
        if said is None or said.on > on:
            continue
        answer = GateAnswer.ASK
        if said.outcome in asked.blocks:
            answer = GateAnswer.BLOCK
        elif said.outcome in asked.passes:
            answer = GateAnswer.PASS
        found.append(
            Evidence(answer, said.on, said.outcome, None, f"the dossier says: {said.outcome.replace('_', ' ')}")
        )
    return max(found, key=lambda one: (one.on, -one.answer.rank), default=None)


class DoseGates(msgspec.Struct, frozen=True):
    """What stands before one dose; `key` is its item, None where no dose is pending."""

    key: str | None
    results: tuple[GateResult, ...]

    @property
    def answer(self) -> GateAnswer:
        """The worst of them."""
        return min((one.answer for one in self.results), key=lambda one: one.rank, default=GateAnswer.PASS)


def before_dose(
    protocol: Protocol,
    profile: str,
    found: Judged,
    *,
    person: Person,
    answers: Mapping[str, DossierAnswer],
    signs: Collection[str],
    on: dt.date,
    infusion: tuple[int, int] | None = None,
) -> DoseGates:
    """The gates of the next pending dose, or of the `infusion` (course, day) that is meant, as of `on`.

    `found`: what the facts come to on that day. `signs`: those reported whose alert nobody closed. Raises nothing.
    """
    item = _dose(found.calendar, protocol, infusion)
    if item is None and infusion is None:
        return DoseGates(None, ())
    key = item.key if item is not None else f"{protocol.rules.doses.stream}/{'.'.join(map(str, infusion or ()))}"
    holding = {sign.id for sign in protocol.signs if sign.holds_dose}
    around = Surroundings(
        person=person,
        answers=answers,
        calendar=() if item is None else item.blocked_by,
        signs=holding & set(signs),
        is_first_day=not isinstance(protocol.rules.doses, CourseDoses) or key.endswith(".1"),
    )
    return DoseGates(key, gate_results(protocol.gates_for(profile), found.subject, around, on=on))


def _dose(calendar: Forecast, protocol: Protocol, infusion: tuple[int, int] | None) -> Item | None:
    pending = [item for item in calendar.shown if item.kind is Kind.DOSE and item.state not in OVER]
    if infusion is not None:
        key = f"{protocol.rules.doses.stream}/{infusion[0]}.{infusion[1]}"
        return next((item for item in pending if item.key == key), None)
    return min(pending, key=lambda item: (item.due_on, item.key), default=None)
