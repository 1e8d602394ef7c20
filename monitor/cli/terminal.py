"""Text for a terminal: columns that wrap in the last one, and colour only where colour is wanted."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from textwrap import TextWrapper

_NARROWEST, _WIDEST = 60, 120
_CODES = {"bold": 1, "dim": 2, "underline": 4, "red": 31, "green": 32, "yellow": 33, "cyan": 36, "on red": 41}
_GAP = 2


class Paper:
    """How wide the output is and whether it has colour; both are asked of the terminal once."""

    def __init__(self, *, width: int, is_colourful: bool) -> None:
        self.width = width
        self._is_colourful = is_colourful
        self._wrappers: dict[int, TextWrapper] = {}

    @classmethod
    def of_standard_output(cls) -> Paper:
        """80 columns into a file, those of the terminal otherwise; no colour into a file, nor where NO_COLOR is set."""
        columns = shutil.get_terminal_size((80, 24)).columns
        is_wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return cls(width=min(max(columns, _NARROWEST), _WIDEST), is_colourful=is_wanted and sys.stdout.isatty())

    def painted(self, text: str, style: str) -> str:
        """`text` in a style such as `bold, red`; as it is where there is no colour."""
        if not (self._is_colourful and style and text):
            return text
        codes = ";".join(str(_CODES[word]) for word in style.split(", "))
        return f"\x1b[{codes}m{text}\x1b[0m"

    def paragraph(self, text: str, *, style: str = "", indent: int = 0) -> Iterator[str]:
        """`text` in as many lines as it needs, each `indent` columns from the left."""
        for line in self._wrapped(text, indent):
            yield " " * indent + self.painted(line, style)

    def row(self, cells: list[tuple[str, int, str]], *paragraphs: tuple[str, str]) -> Iterator[str]:
        """Cells (text, width, style) side by side, then paragraphs (text, style) in what is left of the width."""
        left = "".join(self.painted(text, style) + " " * (width - len(text) + _GAP) for text, width, style in cells)
        indent = sum(width + _GAP for _, width, _ in cells)
        margin = " " * indent
        for text, style in paragraphs:
            for line in self._wrapped(text, indent):
                yield left + self.painted(line, style)
                left = margin

    def _wrapped(self, text: str, indent: int) -> list[str]:
        room = self.width - indent
        if len(text) <= room:
            return [text]
        wrapper = self._wrappers.get(room)
        if wrapper is None:
            wrapper = self._wrappers[room] = TextWrapper(room, break_on_hyphens=False)
        return wrapper.wrap(text)
