"""What each gate answers before a dose: on values, statements of the dossier, the calendar, reported signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from monitor.dossier.answers import DossierAnswer
from monitor.labs.gate_values import Evidence, allowed_age, doubtful_evidence, value_evidence
from monitor.labs.gates import Gate, GateAnswer
from monitor.labs.subject import Subject
from monitor.schedules.calendar import SUSPENDED
from monitor.terms import Level

_SHORT = frozenset({"ecg", "hbv", "hcv", "hiv", "mri", "vzv"})


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


class OpenAlert(msgspec.Struct, frozen=True):
    """An alert on values that nobody has closed: its rule, since when; `holds`: no later value has eased it."""

    rule: str
    level: Level
    since: dt.date
    holds: bool = True


class Surroundings(msgspec.Struct, frozen=True):
    """What gates ask besides values: what the dossier states, what the calendar and signs hold against the dose.

    `calendar`: the gates of the calendar that are shut, each with its reason where the calendar tells one. `alerts`:
    the open ones on values.
    """

    answers: Mapping[str, DossierAnswer]
    calendar: Mapping[str, str | None]
    signs: Collection[str]
    alerts: Sequence[OpenAlert] = ()


def gate_results(
    gates: Iterable[Gate], subject: Subject, around: Surroundings, *, on: dt.date
) -> tuple[GateResult, ...]:
    """The answer of every gate for a dose on `on`, what blocks first, then what asks. Raises nothing.

    Facts of the day and before count. Source: each gate names its own; clinical sections 1.5 and 2.5.
    """
    found = [
        result
        for gate in gates
        for result in (_calendar(gate, around) if gate.calendar is not None else (_answer(gate, subject, around, on),))
    ]
    return tuple(sorted(found, key=lambda one: one.answer.rank))


def blocked(results: Iterable[GateResult]) -> tuple[GateResult, ...]:
    """The gates that stop the dose."""
    return tuple(one for one in results if one.answer is GateAnswer.BLOCK)


def _calendar(gate: Gate, around: Surroundings) -> tuple[GateResult, ...]:
    """One answer for each gate of the calendar that it follows; a suspension hides what else the calendar would say."""
    shut = [name for name in around.calendar if name == gate.calendar or name.startswith(f"{gate.calendar}:")]
    if shut:
        return tuple(_said(gate, GateAnswer.BLOCK, around.calendar[name] or gate.shut or name, name) for name in shut)
    if SUSPENDED in around.calendar:
        return (_said(gate, GateAnswer.ASK, "not looked at while the treatment is suspended"),)
    return (_said(gate, GateAnswer.PASS, "nothing in the calendar stands against it"),)


def _said(gate: Gate, answer: GateAnswer, because: str, name: str | None = None) -> GateResult:
    return GateResult(name or gate.id, gate.title, answer, because, gate.source)


def _answer(gate: Gate, subject: Subject, around: Surroundings, on: dt.date) -> GateResult:
    if gate.signs:
        return _signs(gate, around)
    if gate.alerts:
        return _alerts(gate, around, on)
    measured = value_evidence(gate, subject, on=on)
    known = [one for one in (measured, _stated(gate, around, on=on)) if one is not None]
    newest = max(known, key=lambda one: (one.on, -one.answer.rank), default=None)
    settled = _found(gate, newest, subject, on) or _said(gate, GateAnswer(gate.missing), _missing(gate))
    doubt = _found(gate, doubtful_evidence(gate, subject, settled=measured, on=on), subject, on)
    if doubt is None or doubt.answer.rank > settled.answer.rank or _is_older(doubt, settled):
        return settled
    return doubt


def _is_older(one: GateResult, other: GateResult) -> bool:
    return one.on is not None and other.on is not None and one.on < other.on


def _found(gate: Gate, newest: Evidence | None, subject: Subject, on: dt.date) -> GateResult | None:
    """What a fact says on the day of the dose, by which it may have become too old; None where there is none."""
    if newest is None:
        return None
    answer, because = newest.answer, newest.because
    allowed = allowed_age(gate, subject, on=on)
    if answer is not GateAnswer.BLOCK and allowed is not None and newest.on < allowed.before(on):
        answer, because = GateAnswer(gate.stale), f"older than {allowed}"
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


def _missing(gate: Gate) -> str:
    """What would have to be there: a value, or a statement in the dossier."""
    values = " or ".join(reading.analyte for reading in gate.readings)
    statements = " or ".join(_subject(asked.about) for asked in gate.asks)
    told = [f"no value of {values}"] if values else []
    return ", and ".join([*told, f"nothing in the dossier about {statements}"] if statements else told)


def _subject(about: str) -> str:
    """What a statement named like `pretreatment_check:tuberculosis` is about, in words."""
    name = about.rpartition(":")[2]
    return name.upper() if name in _SHORT else name.replace("_", " ")


def _signs(gate: Gate, around: Surroundings) -> GateResult:
    if around.signs:
        told = ", ".join(sorted(around.signs))
        because = "reported, and no neurologist has closed the alert"
        return GateResult(gate.id, gate.title, GateAnswer.BLOCK, because, gate.source, found=told)
    return _said(gate, GateAnswer.PASS, "no sign that holds the dose is open")


def _alerts(gate: Gate, around: Surroundings, on: dt.date) -> GateResult:
    """Whoever gives a dose while a critical value is open must know it, whatever else is asked of that value."""
    pressing = [one for one in around.alerts if one.since <= on and one.level in {Level.CRITICAL, Level.URGENT}]
    if not pressing:
        return _said(gate, GateAnswer.PASS, "no critical or urgent value is open")
    blocking = [one for one in pressing if one.level is Level.CRITICAL and one.holds]
    told = ", ".join(sorted({one.rule for one in blocking or pressing}))
    answer = GateAnswer.BLOCK if blocking else GateAnswer.ASK
    because = f"{'critical' if blocking else 'urgent, or eased since'}, and nobody has closed the alert"
    since = max(one.since for one in blocking or pressing)
    return GateResult(
        gate.id, gate.title, answer, because, gate.source, found=told, on=since, age_days=(on - since).days
    )


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
        because = f"the dossier says: {said.outcome.replace('_', ' ')}"
        found.append(Evidence(answer, said.on, said.outcome, None, because))
    return max(found, key=lambda one: (one.on, -one.answer.rank), default=None)
