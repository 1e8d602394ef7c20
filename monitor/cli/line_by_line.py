"""Answers a file line by line: every line is checked before the first is answered, on all processors, in order."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import nullcontext
from typing import TypeVar

import click

from monitor.catalog import Catalog
from monitor.cli.history_lines import Chunk, Lines
from monitor.terms import Refusal

_T = TypeVar("_T")
_CHUNKS_AHEAD = 8


class Refused(Exception):
    """A line that cannot be taken; the text is what the user reads."""


def answer_lines(
    lines: Lines,
    *,
    catalog: Catalog,
    check: Callable[[Chunk], str | None],
    answer: Callable[[Chunk], bytes],
    nothing_in_it: str | None,
) -> None:
    """Writes the answers to standard output; exit status 2, and nothing written, where a line cannot be taken.

    `check` says what is wrong with the first bad line of a chunk; `nothing_in_it` refuses a file without any line.
    """
    out = sys.stdout.buffer
    try:
        _refuse_wrong_files(catalog)
        with _crew(lines) as pool:
            _check_all(lines, check, pool, nothing_in_it=nothing_in_it)
            for answers in _in_order(answer, lines, pool):
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


def _check_all(
    lines: Lines,
    check: Callable[[Chunk], str | None],
    pool: ProcessPoolExecutor | None,
    *,
    nothing_in_it: str | None,
) -> None:
    """Raises Refused for the first line that cannot be taken."""
    is_empty = True
    for problem in _in_order(check, lines, pool):
        is_empty = False
        if problem is not None:
            raise Refused(problem)
    if is_empty and nothing_in_it is not None:
        raise Refused(nothing_in_it)
