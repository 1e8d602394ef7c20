"""What values say to a gate: the newest speak, those nobody stands behind only against a dose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from monitor.labs.chart import is_later
from monitor.labs.conditions import look, reference_of
from monitor.labs.explanations import explain, plain
from monitor.labs.gates import Gate, GateAnswer, GateReading
from monitor.labs.points import point_of
from monitor.labs.subject import Subject
from monitor.labs.values import Value
from monitor.spans import Span


class Evidence(msgspec.Struct, frozen=True):
    """What one fact says to a gate: the answer, the day of the fact, what was found, and why it says so."""

    answer: GateAnswer
    on: dt.date
    found: str
    unit: str | None
    because: str


def value_evidence(gate: Gate, subject: Subject, *, on: dt.date) -> Evidence | None:
    """What the newest usable values up to a day say, whatever their age; None where there is none. Raises nothing.

    Of several that cannot be told apart in time the worst speaks. A comparator is judged just beyond its bound, and
    asks where the number behind it would be answered otherwise.
    """
    return _worst_of_newest(
        _weigh(value, reading, gate, subject)
        for reading in gate.readings
        for value in _newest(_up_to(subject.chart.of(reading.analyte), on))
    )


def doubtful_evidence(gate: Gate, subject: Subject, *, settled: Evidence | None, on: dt.date) -> Evidence | None:
    """What values say that nobody stands behind and that are no older than `settled`, the `value_evidence`.

    Never that a dose may pass. Raises nothing.

    A preliminary value speaks where it does not pass, or is all there is (H09). One that cannot be true and was not
    confirmed always does: nobody knows what that sample holds, whatever an older one said (H16).
    """
    found = _worst_of_newest(
        _weigh(value, reading, gate, subject)
        for reading in gate.readings
        for value in _doubtful(_up_to(subject.chart.of(reading.analyte), on), reading, subject)
    )
    is_passed = found is not None and settled is not None and settled.on > found.on
    return None if is_passed else found


def blocking(gates: Iterable[Gate], subject: Subject, *, on: dt.date) -> tuple[str, ...]:
    """The ids of the gates that a known value blocks, however old it is; never because something is missing."""
    return tuple(gate.id for gate in gates if gate.readings and _is_blocked(gate, subject, on=on))


def _is_blocked(gate: Gate, subject: Subject, *, on: dt.date) -> bool:
    settled = value_evidence(gate, subject, on=on)
    told = (settled, doubtful_evidence(gate, subject, settled=settled, on=on))
    return any(one is not None and one.answer is GateAnswer.BLOCK for one in told)


def allowed_age(gate: Gate, subject: Subject, *, on: dt.date) -> Span | None:
    """How old a fact may be for a dose on `on`; None where nothing is ever too old."""
    if gate.max_age_if_normal is not None and _all_normal(gate, subject, on=on):
        return gate.max_age_if_normal
    return gate.max_age


def _worst_of_newest(found: Iterable[Evidence]) -> Evidence | None:
    told = tuple(found)
    newest = max((one.on for one in told), default=None)
    return min((one for one in told if one.on == newest), key=lambda one: one.answer.rank, default=None)


def _up_to(values: tuple[Value, ...], on: dt.date) -> list[Value]:
    return [value for value in values if value.collected_on <= on]


def _newest(values: list[Value]) -> list[Value]:
    """The usable values after which no other was surely collected."""
    usable = [value for value in values if value.is_usable]
    last = usable[-1:]
    return [one for one in usable if last and one.collected_on == last[0].collected_on and not _is_passed(one, usable)]


def _doubtful(values: list[Value], reading: GateReading, subject: Subject) -> list[Value]:
    """What nobody stands behind, speaks, and is not older than the newest usable value of the analyte."""
    usable = [value for value in values if value.is_usable]
    speaking = [
        one
        for one in values
        if _is_unsettled(one, usable)
        and (not usable or not one.quantity.is_usable or not look(reading.passes, one, subject).is_met)
    ]
    return [one for one in speaking if not _is_passed(one, speaking)]


def _is_unsettled(value: Value, usable: list[Value]) -> bool:
    """A preliminary value of the day of a final one is taken for the same sample, another one is not."""
    if value.is_usable:
        return False
    if value.is_final:
        return not _is_passed(value, usable)
    return all(is_later(value, other) for other in usable)


def _is_passed(value: Value, others: list[Value]) -> bool:
    return any(is_later(other, value) for other in others)


def _weigh(value: Value, reading: GateReading, gate: Gate, subject: Subject) -> Evidence:
    passes = look(reading.passes, value, subject)
    blocks = None if reading.blocks is None else look(reading.blocks, value, subject)
    if reading.blocks is not None and blocks is not None and blocks.is_met:
        answer, because = GateAnswer.BLOCK, explain(reading.blocks, value, subject)[0]
    elif not value.quantity.is_usable:
        because = f"the value of {value.collected_on} can hardly be true, and nobody has confirmed it"
        answer = GateAnswer.ASK
    elif passes.may_change or (blocks is not None and blocks.may_change):
        answer, because = GateAnswer.ASK, "the number behind the sign would decide it"
    elif not passes.is_met:
        answer, because = GateAnswer.ASK, _neither(reading)
    elif not value.is_usable:
        answer, because = GateAnswer.ASK, "nobody stands behind this value yet"
    elif not _are_enough(value, reading, gate, subject):
        answer, because = GateAnswer.ASK, f"fewer than {gate.consecutive} values in a row pass"
    else:
        answer, because = GateAnswer.PASS, explain(reading.passes, value, subject)[0]
    sign = "" if value.quantity.comparator is None else f"{value.quantity.comparator} "
    point = point_of(value.quantity)
    found = value.quantity.text if point is None else plain(point.number)
    return Evidence(answer, value.collected_on, f"{sign}{found}", value.quantity.unit, because)


def _neither(reading: GateReading) -> str:
    return "does not pass" if reading.blocks is None else "between what passes and what blocks"


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


def _all_normal(gate: Gate, subject: Subject, *, on: dt.date) -> bool:
    """Whether every value up to the day passed inside its range, and two or more of them count.

    One that nobody stands behind (preliminary, implausible) need not be true, but "all normal" is no longer known.
    """
    values = [(value, reading) for reading in gate.readings for value in _up_to(subject.chart.of(reading.analyte), on)]
    is_normal = all(
        value.is_usable and look(reading.passes, value, subject).is_met and _is_in_range(value, subject)
        for value, reading in values
    )
    return is_normal and len(values) > 1


def _is_in_range(value: Value, subject: Subject) -> bool:
    point, limits = point_of(value.quantity), reference_of(value, subject)
    if point is None:
        return True
    is_low = limits.low is not None and point.is_below(limits.low)
    return not is_low and not (limits.high is not None and point.is_above(limits.high))
