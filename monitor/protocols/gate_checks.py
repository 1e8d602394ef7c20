"""Open this when a `[[gates]]` of a protocol is refused: what a gate before a dose must be."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.dossier.answers import QUESTIONS
from monitor.labs.analyte import Dictionary
from monitor.labs.gates import Asked, Gate, GateReading
from monitor.protocols.faults import Fault, authority, said
from monitor.protocols.protocol import Protocol
from monitor.protocols.threshold_checks import analyte_of, condition_faults


def gate_faults(protocol: Protocol, dictionary: Dictionary) -> Iterator[Fault]:
    """Everything wrong with the gates: names, questions that no dossier answers, values that nothing can meet."""
    taken: set[tuple[str, str]] = set()
    for place, gate in enumerate(protocol.gates):
        path = f"gates[{place}]"
        yield from said((f"{path}.{name}", getattr(gate, name)) for name in ("id", "title", "source"))
        yield from authority(gate, path=path, profiles=protocol.profiles, profile=gate.profile)
        yield from _evidence_faults(gate, dictionary, path=path)
        for profile in protocol.profiles if gate.profile is None else (gate.profile,):
            if (profile, gate.id) in taken:
                yield Fault(f"{path}.id", f"another gate is called {gate.id!r}")
            taken.add((profile, gate.id))


def _evidence_faults(gate: Gate, dictionary: Dictionary, *, path: str) -> Iterator[Fault]:
    kinds = [bool(gate.readings or gate.asks), gate.calendar is not None, gate.signs, gate.alerts]
    if sum(kinds) != 1:
        yield Fault(path, "asks either values and the dossier, or the calendar, or signs, or alerts")
    for number, reading in enumerate(gate.readings):
        yield from _reading_faults(reading, dictionary, path=f"{path}.readings[{number}]")
    for number, asked in enumerate(gate.asks):
        yield from _asked_faults(asked, path=f"{path}.asks[{number}]")
    if (gate.calendar is None) != (gate.shut is None):
        yield Fault(f"{path}.shut", "says why a gate of the calendar blocks, and of that alone")
    elif gate.shut is not None:
        yield from said([(f"{path}.shut", gate.shut)])
    if gate.consecutive < 1:
        yield Fault(f"{path}.consecutive", "at least 1")
    if gate.max_age_if_normal is not None and gate.max_age is None:
        yield Fault(f"{path}.max_age_if_normal", "longer than which age?")


def _reading_faults(reading: GateReading, dictionary: Dictionary, *, path: str) -> Iterator[Fault]:
    if analyte_of(dictionary, reading.analyte) is None:
        yield Fault(f"{path}.analyte", f"{reading.analyte!r} is not in the dictionary")
    for name in ("passes", "blocks"):
        condition = getattr(reading, name)
        if condition is not None:
            yield from condition_faults(condition, (reading.analyte,), dictionary, path=f"{path}.{name}")


def _asked_faults(asked: Asked, *, path: str) -> Iterator[Fault]:
    if asked.about not in QUESTIONS:
        yield Fault(f"{path}.about", "no dossier answers that")
    if not asked.passes:
        yield Fault(f"{path}.passes", "nothing passes")
    if set(asked.passes) & set(asked.blocks):
        yield Fault(f"{path}.blocks", "passes and blocks")
