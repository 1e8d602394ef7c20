"""The gates before a dose in plain language: what passes, what blocks, how old it may be."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.labs.gates import Gate
from monitor.protocols.analyte_words import AnalyteWords
from monitor.protocols.condition_words import condition
from monitor.protocols.phrases import listed_or, of_sex, unless_childbearing
from monitor.protocols.statements import Block, Line
from monitor.protocols.stream_statements import us_authority


def gate_block(gate: Gate, words: AnalyteWords) -> Block:
    """One gate with its authority."""
    return Block(f"{gate.id}: {gate.title}", tuple(_lines(gate, words)))


def _lines(gate: Gate, words: AnalyteWords) -> Iterator[Line]:
    if gate.calendar is not None:
        yield Line("blocks", f"{gate.shut}", gate.source)
        yield Line("follows", f"the gate {_spelled(gate.calendar)} of the calendar")
    if gate.signs:
        yield Line("blocks", "while the alert on a reported sign that holds the dose is open", gate.source)
    if gate.alerts:
        yield Line("blocks", "while a critical alert on a value is open", gate.source)
        yield Line("asks", "while an urgent one is open, or one that a later value eased")
    yield from _evidence(gate, words)
    if gate.max_age is not None:
        yield Line("no older", _age(gate))
    if gate.consecutive > 1:
        yield Line("in a row", f"{gate.consecutive} values, {gate.spacing} apart")
    if gate.every_dose:
        yield Line("when", "before every dose, not the first of a course alone")
    whom = tuple(_whom(gate))
    if whom:
        yield Line("for", ", ".join(whom))
    yield from us_authority(gate.us_source)


def _age(gate: Gate) -> str:
    allowed = f"than {gate.max_age}"
    if gate.max_age_if_normal is not None:
        allowed += f", {gate.max_age_if_normal} where all so far were normal and there are at least two"
    return f"{allowed}; else it {gate.stale}s"


def _evidence(gate: Gate, words: AnalyteWords) -> Iterator[Line]:
    """What passes and what blocks, of values and statements, and what it says where there is nothing."""
    said: list[tuple[str, str]] = []
    for reading in gate.readings:
        passes, blocks = (
            "" if asked is None else f"{words.name(reading.analyte)} {condition(asked, reading.analyte, words)}"
            for asked in (reading.passes, reading.blocks)
        )
        said.append((passes, blocks))
    for asked in gate.asks:
        about = _spelled(asked.about)
        blocks = f"{about}: {_listed(asked.blocks)}" if asked.blocks else ""
        said.append((f"{about}: {_listed(asked.passes)}", blocks))
    for passes, blocks in said:
        yield Line("passes", passes, gate.source)
        if blocks:
            yield Line("blocks", blocks)
    if said:
        yield Line("missing", {"pass": "passes", "ask": "asks", "block": "blocks"}[gate.missing])


def _whom(gate: Gate) -> Iterator[str]:
    if gate.sex is not None:
        yield of_sex(gate.sex)
    excluded = gate.unless_childbearing_potential_is
    if excluded is not None:
        yield unless_childbearing(excluded)
    if gate.profile is not None:
        yield f"the {gate.profile.upper()} label"


def _spelled(name: str) -> str:
    return name.replace("_", " ").replace(":", ", ")


def _listed(names: tuple[str, ...]) -> str:
    return listed_or(_spelled(name) for name in names)
