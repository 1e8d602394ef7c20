"""`monitor simulate`: what a protocol makes of a history, or of many, without a database."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from typing import IO, TypeVar

import click
import msgspec

from monitor.catalog import Catalog, load_catalog
from monitor.cli.simulated import answer, read_question
from monitor.terms import Refusal

_T = TypeVar("_T")
_LINES_A_CHUNK = 50
_LINES_WORTH_MORE_PROCESSES = 200
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SPOOL_IN_MEMORY = 64 * 2**20


class Chunk(msgspec.Struct, frozen=True):
    """Some lines of the file, each with its number, and the days given on the command line."""

    lines: list[tuple[int, bytes]]
    on: dt.date | None
    until: dt.date | None


class Refused(Exception):
    """A line that cannot be taken; the text is what the user reads."""


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day the question is asked; wins over `on`.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="How far doses are planned; 12 months by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a history instead of a calendar to read.")
def simulate(*, file: IO[bytes], on: dt.datetime | None, until: dt.datetime | None, as_json: bool) -> None:
    """Work out the calendar of the history in FILE (- for standard input), or of many, one JSON object a line."""
    lines = _Lines(_seekable(file), on=on.date() if on else None, until=until.date() if until else None)
    try:
        _check_all(lines)
        for text in _in_order(_answer if as_json else _calendar, lines):
            sys.stdout.write(text)
        sys.stdout.flush()
    except Refused as refused:
        click.echo(str(refused), err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Lines:
    """The lines of a file in chunks, read again each time they are asked for, so that memory stays bounded."""

    def __init__(self, file: IO[bytes], *, on: dt.date | None, until: dt.date | None) -> None:
        self._file = file
        self._on, self._until = on, until
        self._is_one_object = self._looks_like_one_object()
        self.are_many = (
            sum(1 for _ in islice(self._numbered(), _LINES_WORTH_MORE_PROCESSES)) == _LINES_WORTH_MORE_PROCESSES
        )

    def __iter__(self) -> Iterator[Chunk]:
        lines: list[tuple[int, bytes]] = []
        for line in self._numbered():
            lines.append(line)
            if len(lines) == _LINES_A_CHUNK:
                yield Chunk(lines, self._on, self._until)
                lines = []
        if lines:
            yield Chunk(lines, self._on, self._until)

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


def _seekable(file: IO[bytes]) -> IO[bytes]:
    """The file itself, or what came through a pipe, set aside: every line is checked before the first is answered."""
    if file.seekable():
        return file
    spooled = tempfile.SpooledTemporaryFile(max_size=_SPOOL_IN_MEMORY)  # noqa: SIM115 - lives as long as the command
    while block := file.read(2**20):
        spooled.write(block)
    return spooled


def _check_all(lines: _Lines) -> None:
    """Raises Refused for the first line that cannot be taken, and for a file without any."""
    is_empty = True
    for problem in _in_order(_check, lines):
        is_empty = False
        if problem is not None:
            raise Refused(problem)
    if is_empty:
        raise Refused("line 1: no history in the file")


def _in_order(work: Callable[[Chunk], _T], chunks: _Lines) -> Iterator[_T]:
    """`work` over every chunk, in order; over all processors where there are many, a bounded number ahead."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if processors == 1 or not chunks.are_many:
        yield from map(work, chunks)
        return
    with ProcessPoolExecutor(processors) as pool:
        ahead: deque[Future[_T]] = deque()
        try:
            for chunk in chunks:
                ahead.append(pool.submit(work, chunk))
                if len(ahead) > 3 * processors:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for future in ahead:
                future.cancel()


@cache
def _catalog() -> Catalog:
    return load_catalog()


def _check(chunk: Chunk) -> str | None:
    """What is wrong with the first line that cannot be taken, if any."""
    for number, line in chunk.lines:
        try:
            read_question(line, _catalog(), on=chunk.on, until=chunk.until)
        except Refusal as refusal:
            return f"line {number}: {refusal}"
    return None


def _answer(chunk: Chunk) -> str:
    catalog = _catalog()
    answers = (answer(read_question(line, catalog, on=chunk.on, until=chunk.until), catalog) for _, line in chunk.lines)
    return "".join(f"{msgspec.json.encode(found).decode()}\n" for found in answers)


def _calendar(chunk: Chunk) -> str:
    from monitor.cli.terminal_calendar import render  # `--json` does not pay for it

    catalog = _catalog()
    questions = (read_question(line, catalog, on=chunk.on, until=chunk.until) for _, line in chunk.lines)
    return "".join(render(answer(question, catalog), question.protocol) for question in questions)
