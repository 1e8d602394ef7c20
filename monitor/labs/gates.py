"""Gates before a dose: what stands between it and the patient, as protocol files say it (P13).

The vocabulary of `[[gates]]`; `gate_values` says what values answer, `protocols.gate_answers` all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from monitor.labels import under
from monitor.labs.thresholds import NO_SPAN, Clause, Condition, OneSex, includes
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

    `max_age`: how old it may be on the day of the dose, `max_age_if_normal` where all values so far passed and were
    normal; then it is `stale`. `missing`: what it says where there is nothing. `calendar`: it follows a gate of the
    calendar of that id, or all that begin with it and a colon, and `shut` says why it blocks. `signs`: reported signs
    that hold the dose. `alerts`: open alerts on values; a critical one blocks, an urgent or eased one asks.
    `every_dose`: of every infusion of a course, not of its first day alone. `consecutive`: so many values in a row must
    pass, `spacing` apart.
    """

    id: str
    title: str
    source: str
    us_source: str | None = None
    profile: str | None = None
    sex: OneSex | None = None
    unless_childbearing_potential_is: bool | None = None
    readings: tuple[GateReading, ...] = ()
    asks: tuple[Asked, ...] = ()
    calendar: str | None = None
    shut: str | None = None
    signs: bool = False
    alerts: bool = False
    max_age: Span | None = None
    max_age_if_normal: Span | None = None
    missing: Literal["pass", "ask", "block"] = "ask"
    stale: Literal["ask", "block"] = "ask"
    every_dose: bool = False
    consecutive: int = 1
    spacing: Span = NO_SPAN


def gates_of(gates: Iterable[Gate], *, profile: str) -> tuple[Gate, ...]:
    """The gates of one profile, each on the authority of the label that is followed."""
    return tuple(under(gate, profile) for gate in gates if gate.profile in (None, profile))


def concerns(gate: Gate, *, sex: str, childbearing_potential: bool | None, is_first_day: bool) -> bool:
    """Whether the gate is asked for this person and this dose; `is_first_day` of a course, or where there are none.

    A gate for women leaves out men alone: of whoever is recorded as neither, it is asked.
    """
    if not (is_first_day or gate.every_dose) or not includes(gate.sex, sex):
        return False
    excluded = gate.unless_childbearing_potential_is
    return excluded is None or childbearing_potential is not excluded
