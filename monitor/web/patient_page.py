"""How one patient is shown: the alerts, what stands before the next dose, the doses given and why against a gate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from monitor.labs.gates import GateAnswer
from monitor.overviews.administrations import Administration, KeptGate
from monitor.overviews.agenda import AgendaItem
from monitor.overviews.gates import Gates
from monitor.protocols.gate_answers import GateResult
from monitor.web.agenda_page import Part
from monitor.web.alert_cards import Inbox
from monitor.web.alert_words import Line, sentence
from monitor.web.duty import Duty
from monitor.web.spoken import Spoken
from monitor.web.titles import Titles

_IN_SIGHT = 6
_ANSWERS = {GateAnswer.BLOCK: "Stands against it", GateAnswer.ASK: "To be asked", GateAnswer.PASS: "Passes"}


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose that was given."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class BeforeADose:
    """What the gates before the next dose answer: what stands open, and what passed one step away."""

    verdict: str
    open: tuple[Line, ...]
    passed_title: str
    passed: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PatientPage:
    """One patient."""

    name: str
    lead: str
    inbox: Inbox
    parts: tuple[Part, ...]
    gates: BeforeADose
    doses: tuple[Dose, ...]
    no_dose: str


def all_in_sight(inbox: Inbox) -> Inbox:
    """Of one patient nothing is a step away, and what was put off comes last."""
    return Inbox(pressing=(*inbox.pressing, *inbox.others, *inbox.put_off), others=(), put_off=())


def present_gates(
    found: Iterable[Gates], *, items: Iterable[AgendaItem], titles: Titles, spoken: Spoken
) -> BeforeADose:
    """The gates of a treatment in which a dose is pending; there is one at most."""
    pending = next((one for one in found if one.key is not None), None)
    if pending is None or pending.key is None:
        return BeforeADose("No dose is pending.", (), "", ())
    dose = titles.in_words(pending.treatment_id, pending.key)
    item = next((one for one in items if (one.treatment_id, one.key) == (pending.treatment_id, pending.key)), None)
    day = "" if item is None else f" of {spoken.day(item.due_on)}, {spoken.distance(item.due_on)}"
    answered = [(one.answer, _answered(one, pending.treatment_id, titles, spoken)) for one in pending.gates]
    passed = tuple(line for answer, line in answered if answer is GateAnswer.PASS)
    return BeforeADose(
        verdict=f"{sentence(dose + day)} {_verdict(pending)}",
        open=tuple(line for answer, line in answered if answer is not GateAnswer.PASS),
        passed_title=f"{len(passed)} pass{'es' if len(passed) == 1 else ''}",
        passed=passed,
    )


def present_doses(found: Iterable[Administration], *, titles: Titles, duty: Duty, spoken: Spoken) -> tuple[Dose, ...]:
    """The last ones that stand, newest first."""
    standing = [one for one in found if one.replaced_by is None and not one.is_retraction]
    return tuple(
        Dose(
            f"{spoken.day(one.on)}, {spoken.distance(one.on)}{_infusion(one)}",
            tuple(_of_dose(one, titles, duty, spoken)),
        )
        for one in standing[:_IN_SIGHT]
    )


def _verdict(found: Gates) -> str:
    if found.answer is GateAnswer.BLOCK:
        return "Today it must not be given; a neurologist may override that, with a reason."
    if found.answer is GateAnswer.ASK:
        return "Today something is still to be asked."
    return "Today nothing stands against it."


def _answered(one: GateResult, treatment_id: UUID, titles: Titles, spoken: Spoken) -> Line:
    because = spoken.read(titles.in_words(treatment_id, one.because))
    text = f"{_ANSWERS[one.answer]}: {because}. Authority: {one.source}."
    return Line(one.title, text, is_pressing=one.answer is GateAnswer.BLOCK)


def _infusion(one: Administration) -> str:
    return "" if one.course is None else f": course {one.course}, day {one.day}"


def _of_dose(one: Administration, titles: Titles, duty: Duty, spoken: Spoken) -> Iterable[Line]:
    yield Line("Recorded", f"{spoken.moment(one.recorded_at)}, by {duty.name(one.recorded_by)}.")
    shut = [gate for gate in one.gates if gate.answer is GateAnswer.BLOCK]
    if shut:
        told = "; ".join(f"{titles.gate(one.treatment_id, gate.id)}: {_kept(gate, spoken)}" for gate in shut)
        yield Line("Given against", f"{sentence(told)}", is_pressing=True)
    if one.reason_override is not None:
        yield Line("Why all the same", sentence(one.reason_override), is_pressing=True)


def _kept(gate: KeptGate, spoken: Spoken) -> str:
    return spoken.read(gate.because)
