"""Rounds for the eye, after everything was decided on the exact value."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal

# The usual context has room for 28 digits and refuses what needs more; somebody may have typed forty.
_ROOM = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


def rounded(number: Decimal, step: Decimal) -> Decimal:
    """The multiple of `step` (a tenth, a hundredth) that is nearest, a half up; of any number of digits."""
    return number.quantize(step, ROUND_HALF_UP, context=_ROOM)
