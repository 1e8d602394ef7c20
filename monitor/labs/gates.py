"""Gates before a dose: what the newest value says of each, pass, ask or block, and how old it may be (P13).

The vocabulary of `[[gates]]` in protocol files, and the half of the answer that values give.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

import msgspec
from msgspec.structs import replace

from monitor.labs.conditions import look
from monitor.labs.explanations import explain, plain
from monitor.labs.points import point_of
from monitor.labs.subject import Subject
from monitor.labs.thresholds import NO_SPAN, Clause, Condition
from monitor.labs.values import Value
from monitor.spans import Span


class GateAnswer(StrEnum):
    """What a gate says to a dose, the worst first."""

    BLOCK = "block"
    ASK = "ask"
    PASS = "pass"  # noqa: S105 - no password

    @property
    def rank(self) -> int:
        """0 for what stops the dose."""
        return list(GateAnswer).index(self)


class GateReading(Clause, frozen=True):
    """What a value of one analyte says: it passes, it blocks, and whatever lies between asks."""

    analyte: str
    passes: Condition
    blocks: Condition | None = None


class Asked(Clause, frozen=True):
    """A statement of the dossier, named like `pretreatment_check:hiv`: what passes, what blocks; all else asks."""

    about: str
    passes: tuple[str, ...]
    blocks: tuple[str, ...] = ()


class Gate(Clause, frozen=True):
    """One condition before a dose; the newest of its values and statements answers.

    `max_age`: how old it may be on the day of the dose, `max_age_if_normal` where every earlier value passed too; then
    it is `stale`. `missing`: what it says where there is nothing. `calendar`: it follows a gate of the calendar of that
    id, or all that begin with it and a colon. `signs`: reported signs that hold the dose. `every_dose`: of every
    infusion of a course, not of its first day alone. `consecutive`: so many values in a row must pass, `spacing` apart.
    """

    id: str
    title: str
    source: str
    us_source: str | None = None
    profile: str | None = None
    sex: str | None = None
    unless_childbearing_potential_is: bool | None = None
    readings: tuple[GateReading, ...] = ()
    asks: tuple[Asked, ...] = ()
    calendar: str | None = None
    signs: bool = False
    max_age: Span | None = None
    max_age_if_normal: Span | None = None
    missing: Literal["pass", "ask", "block"] = "ask"
    stale: Literal["ask", "block"] = "ask"
    every_dose: bool = False
    consecutive: int = 1
    spacing: Span = NO_SPAN


def gates_of(gates: Iterable[Gate], *, profile: str) -> tuple[Gate, ...]:
    """The gates of one profile, each on the authority of the label that is followed."""
    found = (gate for gate in gates if gate.profile in (None, profile))
    return tuple(
        replace(one, source=one.us_source) if profile == "us" and one.us_source is not None else one for one in found
    )


class Evidence(msgspec.Struct, frozen=True):
    """What one fact says to a gate: the answer, the day of the fact, what was found, and why it says so."""

    answer: GateAnswer
    on: dt.date
    found: str
    unit: str | None
    because: str


def value_evidence(gate: Gate, subject: Subject, *, on: dt.date) -> Evidence | None:
    """What the newest usable value up to a day says, whatever its age; None where there is none. Raises nothing.

    A comparator is judged just beyond its bound, and asks where the number behind it would be answered otherwise.
    """
    newest = [
        (value, reading)
        for reading in gate.readings
        if (value := subject.chart.latest_usable(reading.analyte, on=on)) is not None
    ]
    if not newest:
        return None
    value, reading = max(newest, key=lambda pair: pair[0].collected_on)
    same_day = _of_its_day(value, subject)
    answers = [_weigh(one, reading, gate, subject) for one in same_day]
    return min(answers, key=lambda one: one.answer.rank)


def _of_its_day(value: Value, subject: Subject) -> list[Value]:
    """The usable values of that day: where two of them contradict each other, the worse one speaks."""
    found = [one for one in subject.chart.of(value.analyte) if one.is_usable and one.collected_on == value.collected_on]
    timed = [one for one in found if one.collected_at is not None]
    if len(timed) == len(found):
        return [max(timed, key=lambda one: one.collected_at or dt.datetime.min.replace(tzinfo=dt.UTC))]
    return found


def _weigh(value: Value, reading: GateReading, gate: Gate, subject: Subject) -> Evidence:
    passes = look(reading.passes, value, subject)
    blocks = None if reading.blocks is None else look(reading.blocks, value, subject)
    if blocks is not None and blocks.is_met:
        answer, because = GateAnswer.BLOCK, explain(reading.blocks, value, subject)[0] if reading.blocks else ""
    elif passes.may_change or (blocks is not None and blocks.may_change):
        answer, because = GateAnswer.ASK, "the number behind the sign would decide it"
    elif passes.is_met and _are_enough(value, reading, gate, subject):
        answer, because = GateAnswer.PASS, explain(reading.passes, value, subject)[0]
    elif passes.is_met:
        answer, because = GateAnswer.ASK, f"fewer than {gate.consecutive} values in a row pass"
    else:
        answer, because = GateAnswer.ASK, "between what passes and what blocks"
    sign = "" if value.quantity.comparator is None else f"{value.quantity.comparator} "
    point = point_of(value.quantity)
    found = value.quantity.text if point is None else plain(point.number)
    return Evidence(answer, value.collected_on, f"{sign}{found}", value.quantity.unit, because)


def _are_enough(value: Value, reading: GateReading, gate: Gate, subject: Subject) -> bool:
    left, last = gate.consecutive - 1, value
    for other in reversed(subject.chart.of(value.analyte)):
        if left <= 0:
            break
        is_apart = gate.spacing.after(other.collected_on) <= last.collected_on
        if not other.is_usable or other.collected_on >= last.collected_on or not is_apart:
            continue
        if not look(reading.passes, other, subject).is_met:
            return False
        left, last = left - 1, other
    return left <= 0


def oldest_allowed(gate: Gate, subject: Subject, *, on: dt.date) -> dt.date | None:
    """The first day from which a fact is young enough for a dose on `on`; None where nothing is ever too old."""
    if gate.max_age is None:
        return None
    span = gate.max_age
    if gate.max_age_if_normal is not None and _all_passed(gate, subject, on=on):
        span = gate.max_age_if_normal
    return span.before(on)


def _all_passed(gate: Gate, subject: Subject, *, on: dt.date) -> bool:
    """Whether every usable value up to the day passed, and there were two or more."""
    count = 0
    for reading in gate.readings:
        for value in subject.chart.of(reading.analyte):
            if value.is_usable and value.collected_on <= on:
                count += 1
                if not look(reading.passes, value, subject).is_met:
                    return False
    return count > 1


def blocking(gates: tuple[Gate, ...], subject: Subject, *, on: dt.date) -> tuple[str, ...]:
    """The ids of the gates that a known value blocks, however old it is; never because something is missing."""
    found = []
    for gate in gates:
        evidence = value_evidence(gate, subject, on=on) if gate.readings else None
        if evidence is not None and evidence.answer is GateAnswer.BLOCK:
            found.append(gate.id)
    return tuple(found)
