"""`monitor simulate`: what a protocol makes of a history, or of many, without a database."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import IO, TypeVar

import click
import msgspec

from monitor.catalog import Catalog, load_catalog
from monitor.cli.config_option import CONFIG_OPTION
from monitor.cli.history_lines import Asked, Chunk, Lines, seekable
from monitor.cli.simulated import Question, answer, read_question, refuse_repeated_members
from monitor.terms import Refusal

_T = TypeVar("_T")
_CHUNKS_AHEAD = 8


class Refused(Exception):
    """A line that cannot be taken; the text is what the user reads."""


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day the question is asked; wins over `on`.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="How far doses are planned; 12 months by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a history instead of a calendar to read.")
@CONFIG_OPTION
def simulate(
    *, file: IO[bytes], on: dt.datetime | None, until: dt.datetime | None, as_json: bool, config_dir: Path
) -> None:
    """Work out the calendar of the history in FILE (- for standard input), or of many, one JSON object a line."""
    asked = Asked(on.date() if on else None, until.date() if until else None, config_dir)
    lines = Lines(seekable(file), asked=asked)
    out = sys.stdout.buffer
    try:
        _refuse_wrong_files(_catalog(config_dir))
        with _crew(lines) as pool:
            _check_all(lines, pool)
            for answers in _in_order(_answer if as_json else _calendar, lines, pool):
                out.write(answers)
        out.flush()
    except Refused as refused:
        click.echo(str(refused), err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse_wrong_files(catalog: Catalog) -> None:
    """Reads the protocols and the dictionary, once for all lines. Raises Refused where one of them is wrong."""
    try:
        _ = catalog.protocols, catalog.dictionary
    except Refusal as refusal:
        raise Refused(str(refusal)) from None


def _crew(lines: Lines) -> ProcessPoolExecutor | nullcontext[None]:
    """As many processes as processors where the file is worth it; they inherit the catalog."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if processors == 1 or not lines.are_many:
        return nullcontext()
    return ProcessPoolExecutor(processors)


def _in_order(work: Callable[[Chunk], _T], lines: Lines, pool: ProcessPoolExecutor | None) -> Iterator[_T]:
    """`work` over every chunk, in order, a bounded number of chunks ahead."""
    if pool is None:
        yield from map(work, lines)
        return
    ahead: deque[Future[_T]] = deque()
    try:
        for chunk in lines:
            ahead.append(pool.submit(work, chunk))
            if len(ahead) > _CHUNKS_AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        for future in ahead:
            future.cancel()


def _check_all(lines: Lines, pool: ProcessPoolExecutor | None) -> None:
    """Raises Refused for the first line that cannot be taken, and for a file without any."""
    is_empty = True
    for problem in _in_order(_check, lines, pool):
        is_empty = False
        if problem is not None:
            raise Refused(problem)
    if is_empty:
        raise Refused("line 1: no history in the file")


@cache
def _catalog(config_dir: Path) -> Catalog:
    return load_catalog(config_dir)


def _check(chunk: Chunk) -> str | None:
    """What is wrong with the first line that cannot be taken, if any."""
    catalog = _catalog(chunk.asked.config_dir)
    for number, line in chunk.lines:
        try:
            read_question(line, catalog, on=chunk.asked.on, until=chunk.asked.until)
            refuse_repeated_members(line)
        except Refusal as refusal:
            return f"line {number}: {refusal}"
    return None


def _answer(chunk: Chunk) -> bytes:
    catalog = _catalog(chunk.asked.config_dir)
    return b"".join(msgspec.json.encode(answer(question, catalog)) + b"\n" for question in _questions(chunk, catalog))


def _calendar(chunk: Chunk) -> bytes:
    from monitor.cli.terminal_calendar import render  # `--json` does not pay for it

    catalog = _catalog(chunk.asked.config_dir)
    text = "".join(render(answer(question, catalog), question.protocol) for question in _questions(chunk, catalog))
    return text.encode(sys.stdout.encoding or "utf-8", errors="replace")


def _questions(chunk: Chunk, catalog: Catalog) -> Iterator[Question]:
    for _, line in chunk.lines:
        yield read_question(line, catalog, on=chunk.asked.on, until=chunk.asked.until)
