"""How a value is written for people: its unit as laboratories print it, the name of its analyte inside a sentence."""

from __future__ import annotations

from functools import lru_cache

_PRINTED = (
    ("10*12", "10¹²"), ("10*9", "10⁹"), ("10*6", "10⁶"), ("{1.73_m2}", "1.73 m²"), ("(24.h)", "24 h"),
    ("[HPF]", "HPF"), ("[beth'U]", "BU"), ("cm[H2O]", "cmH₂O"), ("mm[H2O]", "mmH₂O"), ("mm[Hg]", "mmHg"),
    ("{score}", ""), ("umol", "µmol"), ("ug/", "µg/"), ("u[IU]", "µ[IU]"), ("/uL", "/µL"), ("ukat", "µkat"),
    ("[IU]", "IU"),
)  # fmt: skip


@lru_cache(maxsize=256)
def printed_unit(unit: str | None) -> str:
    """A unit in UCUM as laboratories print it in English; nothing for a ratio and for a test that has steps."""
    if unit is None or unit == "1":
        return ""
    for written, read in _PRINTED:
        unit = unit.replace(written, read)
    return unit


def amount(number: str, unit: str | None) -> str:
    """A number with its unit in UCUM: `100 × 10⁹/L`, `26.5 µmol/L`, `5/HPF`, and `1.5` for a ratio."""
    read = printed_unit(unit)
    between = " × " if read.startswith("10") else "" if read.startswith("/") or not read else " "
    return f"{number}{between}{read}"


def within_a_sentence(name: str) -> str:
    """The name of an analyte after other words: `platelets`, but `INR` and `C-reactive protein`."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name
