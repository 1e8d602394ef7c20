"""The vocabulary of thresholds: what a protocol file may ask of a value, and what is to be done where it is met.

Read straight from `config/protocols/`; what a condition means is decided in `conditions.py` beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, get_args

import msgspec

from monitor.spans import Span
from monitor.terms import Level

NO_SPAN = Span()
OneSex = Literal["female", "male"]
Side = Literal["above", "at_least", "below", "at_most"]
_EACH_SIDE: tuple[Side, ...] = get_args(Side)


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a threshold: a member nobody knows is a mistake, never ignored."""


class Bounds(Clause, frozen=True):
    """A part of the line: each bound that is given must be met; `above` and `below` exclude their number."""

    above: Decimal | None = None
    at_least: Decimal | None = None
    below: Decimal | None = None
    at_most: Decimal | None = None

    def given(self) -> list[tuple[Side, Decimal]]:
        """Those that are given, each with its limit."""
        return [(side, limit) for side in _EACH_SIDE if (limit := getattr(self, side)) is not None]


class Change(Clause, frozen=True):
    """A fall or a rise from another value of the same analyte (P18); exactly one of `percent`, `amount`, `times`.

    `since`: the latest usable value before this one (`previous`), or the personal `baseline`. `within`: only where the
    two samples lie no further apart.
    """

    direction: Literal["fall", "rise"]
    since: Literal["previous", "baseline"]
    percent: Decimal | None = None
    amount: Decimal | None = None
    times: Decimal | None = None
    within: Span | None = None


class Condition(Clause, frozen=True):
    """What a value must meet; every member that is given, together.

    `bounds` in the canonical unit; `uln`, `lln`: in multiples of the upper and lower limit, the laboratory's own where
    it printed one (P19). `outside`: below, above or on either side of the range. `step_at_least`, `step_at_most`: of a
    test with steps. `sustained`: all of this for longer than that, no usable value between that did not (P17).
    `ratio_to`: the value as a multiple of that of another analyte, in `ratio`, both collected on one day.
    """

    bounds: Bounds | None = None
    uln: Bounds | None = None
    lln: Bounds | None = None
    outside: Literal["below", "above", "either"] | None = None
    step_at_least: str | None = None
    step_at_most: str | None = None
    change: Change | None = None
    sustained: Span | None = None
    ratio_to: str | None = None
    ratio: Bounds | None = None


class With(Clause, frozen=True):
    """Another analyte that must meet its own condition: its usable value nearest in time, no further than `within`.

    `unknown_counts`: where there is no such value, the condition counts as met.
    """

    analytes: tuple[str, ...]
    when: Condition
    within: Span = NO_SPAN
    unknown_counts: bool = False


class Sign(Clause, frozen=True):
    """One of these signs was reported within so long of the sample, before it or after."""

    signs: tuple[str, ...]
    within: Span


class Rungs(Clause, frozen=True):
    """Days after the repeat was due at which its alert reaches each function; absent means never."""

    nurse: int | None = None
    neurologist: int | None = None
    critical: int | None = None


class Repeat(Clause, frozen=True):
    """Another sample, due so long after this one (P16); ended by nothing else than a later usable value.

    `overdue`: the first day of that state, after the due date. `reminders`: days relative to the due date.
    `only_first`: not asked for again while the finding merely lasts.
    """

    after: Span
    overdue: int
    rungs: Rungs
    reminders: tuple[int, ...] = ()
    only_first: bool = False


class Threshold(Clause, frozen=True):
    """One rule on the values of some analytes, and what is found where it is met.

    `when`: alternatives, one of which must be met, and none of `not_when`. `together`: groups of alternatives, one of
    each group; `signs`: one of them. `consecutive`: so many usable values in a row, each at least `spacing` after the
    last (P13). `unless`: each of these explains it away. `clears` says in words what ends the finding.
    """

    rule: str
    analytes: tuple[str, ...]
    level: Level
    when: tuple[Condition, ...]
    action: str
    clears: str
    source: str
    us_source: str | None = None
    profile: str | None = None
    sex: OneSex | None = None
    not_when: tuple[Condition, ...] = ()
    together: tuple[tuple[With, ...], ...] = ()
    signs: Sign | None = None
    consecutive: int = 1
    spacing: Span = NO_SPAN
    unless: tuple[With, ...] = ()
    repeat: Repeat | None = None


def grows_worse(threshold: Threshold) -> Literal["down", "up"] | None:
    """On which side of its limit a rule calls: the further down, or up, the worse; None where it asks for both."""
    sides = {side for condition in threshold.when for side in _sides(condition)}
    return sides.pop() if len(sides) == 1 else None


_WORSE_OUTSIDE: Mapping[str, tuple[Literal["down", "up"], ...]] = {
    "below": ("down",),
    "above": ("up",),
    "either": ("down", "up"),
}


def _sides(condition: Condition) -> Iterator[Literal["down", "up"]]:
    for bounds in (condition.bounds, condition.uln, condition.lln, condition.ratio):
        for side, _ in () if bounds is None else bounds.given():
            yield "down" if side in {"below", "at_most"} else "up"
    if condition.change is not None:
        yield "down" if condition.change.direction == "fall" else "up"
    if condition.outside is not None:
        yield from _WORSE_OUTSIDE[condition.outside]


def includes(asked: OneSex | None, sex: str | None) -> bool:
    """Whether a rule for one sex concerns somebody: it leaves out the other sex alone, never `other` nor unknown."""
    return asked is None or sex == asked or sex not in get_args(OneSex)
