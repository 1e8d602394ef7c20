"""Whether a value lies so far from the one before that it may be somebody else's, or a slip: a question, no refusal."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from monitor.labs.analyte import Analyte, Delta, Ordinal
from monitor.labs.points import Point, point_of
from monitor.labs.values import Value

_Direction = Literal["fall", "rise"]
_BOTH: tuple[_Direction, ...] = ("fall", "rise")
_HUNDRED = Decimal(100)


def delta_question(analyte: Analyte, value: Value, previous: Value | None) -> str | None:
    """What to ask whoever typed the value, None where nothing is odd. `previous`: the usable value before it.

    A value that is only bounded is asked about just beyond its bound. Source: the deltas of the dictionary [policy].
    """
    delta = analyte.delta
    if delta is None:
        return None
    point = point_of(value.quantity)
    if delta.below is not None and point is not None and point.is_below(delta.below):
        return f"below {delta.below} {analyte.unit}: check the sample and the patient"
    if previous is None or not _is_near(delta, value, previous):
        return None
    now, before = _number(value), _number(previous)
    if now is None or before is None:
        return None
    if not any(_is_far(delta, direction, now, before.number) for direction in _BOTH):
        return None
    return f"far from the value of {previous.collected_on}: check the sample and the patient"


def _is_near(delta: Delta, value: Value, previous: Value) -> bool:
    apart = (value.collected_on - previous.collected_on).days
    return delta.within_days is None or apart <= delta.within_days


def _number(value: Value) -> Point | None:
    """Where the value stands on its line; steps stand one apart."""
    step = value.quantity.value
    return Point(Decimal(step.rank)) if isinstance(step, Ordinal) else point_of(value.quantity)


def _is_far(delta: Delta, direction: _Direction, now: Point, before: Decimal) -> bool:
    if delta.direction not in (None, direction):
        return False
    edge = _edge(delta, direction, now, before)
    if edge is None:
        return False
    scale, limit = edge
    scaled = Point(now.number * scale, now.side)
    if direction == "fall":
        return scaled.is_below(limit) if delta.is_strict else not scaled.is_above(limit)
    return scaled.is_above(limit) if delta.is_strict else not scaled.is_below(limit)


def _edge(delta: Delta, direction: _Direction, now: Point, before: Decimal) -> tuple[Decimal, Decimal] | None:
    """What to multiply the value by, and from where it is then too far: nothing is divided, so nothing is rounded.

    None where the value before, or for multiples either of them, is 0: nothing is a share or a multiple of nothing.
    """
    size = delta.size if direction == "rise" else -delta.size
    if delta.by in ("amount", "steps"):
        return Decimal(1), before + size
    if delta.by == "percent":
        return None if not before else (_HUNDRED, before * (_HUNDRED + size))
    if not before or not now.number:
        return None
    return (Decimal(1), before * delta.size) if direction == "rise" else (delta.size, before)
