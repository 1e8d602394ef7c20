"""Whether a value lies so far from the one before that it may be somebody else's, or a slip: a question, no refusal."""

from __future__ import annotations

from decimal import Decimal

from monitor.labs.analyte import Analyte, Delta, Ordinal
from monitor.labs.values import Value

_HUNDRED = Decimal(100)


def delta_question(analyte: Analyte, value: Value, previous: Value | None) -> str | None:
    """What to ask whoever typed the value, None where nothing is odd. `previous`: the usable value before it.

    Source: the deltas of the dictionary [policy].
    """
    delta = analyte.delta
    if delta is None or previous is None or not _is_near(delta, value, previous):
        return None
    now, before = value.quantity.value, previous.quantity.value
    if isinstance(now, Ordinal) or isinstance(before, Ordinal):
        if not (isinstance(now, Ordinal) and isinstance(before, Ordinal)):
            return None
        is_far = delta.steps is not None and now.rank - before.rank >= delta.steps
    else:
        is_far = _is_far(delta, now, before)
    return f"far from the value of {previous.collected_on}: check the sample and the patient" if is_far else None


def _is_near(delta: Delta, value: Value, previous: Value) -> bool:
    apart = (value.collected_on - previous.collected_on).days
    return delta.within_days is None or apart <= delta.within_days


def _is_far(delta: Delta, now: Decimal, before: Decimal) -> bool:
    fell, rose = before - now, now - before
    for direction, change in (("fall", fell), ("rise", rose)):
        if delta.direction not in (None, direction) or change <= 0:
            continue
        if delta.percent is not None and before > 0 and change * _HUNDRED >= delta.percent * before:
            return True
        if delta.amount is not None and change >= delta.amount:
            return True
        if delta.times is not None and max(now, before) >= delta.times * min(now, before):
            return True
    return False
