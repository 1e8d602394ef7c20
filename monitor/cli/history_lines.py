"""The histories of a file for `simulate`: one object, or one a line, in chunks, as often as they are asked for."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

import msgspec

from monitor.schedules.facts import Administration

_LINES_A_CHUNK = 50
_MANY = 200  # lines from which more processes are worth their start
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SPOOL_IN_MEMORY = 64 * 2**20


class Asked(msgspec.Struct, frozen=True):
    """What the command line says of every history: the days, where the reviewed files are, a dose that is supposed."""

    on: dt.date | None
    until: dt.date | None
    config_dir: Path
    if_given: Administration | None = None


class Chunk(msgspec.Struct, frozen=True):
    """Some lines of the file, each with its number, and what is asked of them."""

    lines: list[tuple[int, bytes]]
    asked: Asked


class Lines:
    """The lines of a file in chunks, read again each time they are asked for, so that memory stays bounded."""

    def __init__(self, file: IO[bytes], *, asked: Asked) -> None:
        self._file = file
        self._asked = asked
        self._is_one_object = self._looks_like_one_object()
        self.are_many = sum(1 for _ in islice(self._numbered(), _MANY)) == _MANY

    def __iter__(self) -> Iterator[Chunk]:
        lines: list[tuple[int, bytes]] = []
        for line in self._numbered():
            lines.append(line)
            if len(lines) == _LINES_A_CHUNK:
                yield Chunk(lines, self._asked)
                lines = []
        if lines:
            yield Chunk(lines, self._asked)

    def _numbered(self) -> Iterator[tuple[int, bytes]]:
        self._file.seek(0)
        if self._is_one_object:
            yield 1, self._file.read().removeprefix(_BYTE_ORDER_MARK)
            return
        for number, line in enumerate(self._file, start=1):
            stripped = line.removeprefix(_BYTE_ORDER_MARK).strip()
            if stripped:
                yield number, stripped

    def _looks_like_one_object(self) -> bool:
        """Whether the file is one object over several lines: its first line alone is no JSON, and there are more."""
        self._file.seek(0)
        first = next((line for line in self._file if line.strip()), b"")
        try:
            msgspec.json.decode(first.removeprefix(_BYTE_ORDER_MARK))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return next(self._file, None) is not None
        return False


def seekable(file: IO[bytes]) -> IO[bytes]:
    """The file itself, or what came through a pipe, set aside: every line is checked before the first is answered."""
    if file.seekable():
        return file
    spooled = tempfile.SpooledTemporaryFile(max_size=_SPOOL_IN_MEMORY)  # noqa: SIM115 - lives as long as the command
    while block := file.read(2**20):
        spooled.write(block)
    return spooled
