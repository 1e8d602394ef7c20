"""How a protocol calls an analyte and writes a number of it: by the names and units of the dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from monitor.labs.analyte import Analyte, Dictionary
from monitor.labs.printed import amount, within_a_sentence


class AnalyteWords:
    """The names and units of a dictionary; what it does not know keeps its id and has no unit."""

    __slots__ = ("_dictionary",)

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

    def find(self, name: str) -> Analyte | None:
        """The analyte of that id; None for a draft that names one of its own."""
        return self._dictionary.find(name)

    def name(self, name: str) -> str:
        """What an analyte or a scale is called inside a sentence."""
        found = self._dictionary.find(name) or self._dictionary.find_scale(name)
        return name if found is None else within_a_sentence(found.name_en)

    def amount(self, number: Decimal, name: str) -> str:
        """A number of an analyte with its canonical unit."""
        found = self.find(name)
        return amount(str(number), None if found is None else found.unit)

    def alike(self, names: Iterable[str]) -> list[list[str]]:
        """The analytes in groups of which one sentence can be true: those of one unit and of the same steps."""
        groups: dict[object, list[str]] = {}
        for name in names:
            found = self.find(name)
            groups.setdefault(None if found is None else (found.unit, found.steps), []).append(name)
        return list(groups.values())


AS_IN_THE_FILE = AnalyteWords(Dictionary(analytes=(), scales=()))
"""Where no dictionary is at hand: ids, and numbers without a unit."""
