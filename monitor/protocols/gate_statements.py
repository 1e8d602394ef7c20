"""The gates before a dose in plain language: what passes, what blocks, how old it may be."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.labs.gates import Gate
from monitor.protocols.statements import Block, Line
from monitor.protocols.stream_statements import us_authority
from monitor.protocols.threshold_statements import condition


def gate_block(gate: Gate) -> Block:
    """One gate with its authority."""
    return Block(f"{gate.id}: {gate.title}", tuple(_lines(gate)))


def _lines(gate: Gate) -> Iterator[Line]:
    if gate.calendar is not None:
        yield Line("blocks", f"{gate.shut}", gate.source)
    if gate.signs:
        yield Line("blocks", "while the alert on a reported sign that holds the dose is open", gate.source)
    yield from _evidence(gate)
    if gate.max_age is not None:
        longer = "" if gate.max_age_if_normal is None else f", {gate.max_age_if_normal} where all so far were normal"
        yield Line("no older", f"than {gate.max_age}{longer}; else it {gate.stale}s")
    if gate.consecutive > 1:
        yield Line("in a row", f"{gate.consecutive} values, {gate.spacing} apart")
    if gate.every_dose:
        yield Line("when", "before every dose, not the first of a course alone")
    whom = tuple(_whom(gate))
    if whom:
        yield Line("for", ", ".join(whom))
    yield from us_authority(gate.us_source)


def _evidence(gate: Gate) -> Iterator[Line]:
    """What passes and what blocks, of values and statements, and what it says where there is nothing."""
    said: list[tuple[str, str]] = []
    for reading in gate.readings:
        blocks = "" if reading.blocks is None else f"{reading.analyte} {condition(reading.blocks)}"
        said.append((f"{reading.analyte} {condition(reading.passes)}", blocks))
    for asked in gate.asks:
        blocks = f"{_words(asked.about)}: {_listed(asked.blocks)}" if asked.blocks else ""
        said.append((f"{_words(asked.about)}: {_listed(asked.passes)}", blocks))
    for passes, blocks in said:
        yield Line("passes", passes, gate.source)
        if blocks:
            yield Line("blocks", blocks)
    if said:
        yield Line("missing", {"pass": "passes", "ask": "asks", "block": "blocks"}[gate.missing])


def _whom(gate: Gate) -> Iterator[str]:
    if gate.sex is not None:
        yield "all but men" if gate.sex == "female" else "all but women"
    if gate.unless_childbearing_potential_is is not None:
        yield "unless the record says that they cannot bear children"
    if gate.profile is not None:
        yield f"the {gate.profile.upper()} label"


def _words(name: str) -> str:
    return name.replace("_", " ").replace(":", ", ")


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(_words(name) for name in names)
