"""One spelling for each way of writing a unit, so that a table of units can be looked up exactly."""

from __future__ import annotations

import re

_LETTERS = str.maketrans({"µ": "u", "μ": "u", "×": "x"})
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
_RAISED_AFTER_DIGIT = re.compile(r"(?<=[0-9])([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_POWER_OF_TEN = re.compile(r"^(?:x ?|\*)?10(?:\*\*?|\^|[eE]|\\S\\)(?=[0-9])")
_SMALL_LITRE = re.compile(r"(?<![A-Za-z])([dmuf]?)l(?![A-Za-z])")


def one_spelling(unit: str) -> str:
    r"""Fold what never changes the meaning: µ, raised digits, powers of ten, the small l of litre, outer spaces.

    Capitals stay as they are: `G/L` counts cells in thousand millions, `g/L` weighs. HL7 escapes `10^9` as `10\S\9`.
    A raised digit after a digit is a power (10⁹), after a letter a mere 3 (mm³): reading 10⁹ as 109 would be an error.
    """
    plain = _RAISED_AFTER_DIGIT.sub(r"^\1", unit.strip().translate(_LETTERS)).translate(_RAISED)
    return _SMALL_LITRE.sub(r"\1L", _POWER_OF_TEN.sub("10*", plain))
