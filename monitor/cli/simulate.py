"""`monitor simulate`: what a protocol makes of a history, or of many, without a database."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TypeVar

import click
import msgspec

from monitor.catalog import Catalog
from monitor.cli.config_option import CONFIG_OPTION
from monitor.cli.history_lines import Asked, Chunk, Lines, seekable
from monitor.cli.history_questions import catalog_of, questions
from monitor.cli.simulated import answer, check_supposed, read_question, refuse_repeated_members
from monitor.schedules.facts import Administration
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
@click.option(
    "--if-given",
    type=click.DateTime(["%Y-%m-%d"]),
    help="What would change if the next dose were given on that day; nothing is recorded.",
)
@click.option("--course", type=click.IntRange(1, 99), help="With --if-given: the course, where there are courses.")
@click.option("--day", type=click.IntRange(1, 99), help="With --if-given: the day of that course.")
@CONFIG_OPTION
def simulate(
    *,
    file: IO[bytes],
    on: dt.datetime | None,
    until: dt.datetime | None,
    as_json: bool,
    if_given: dt.datetime | None,
    course: int | None,
    day: int | None,
    config_dir: Path,
) -> None:
    """Work out the calendar of the history in FILE (- for standard input), or of many, one JSON object a line.

    With --if-given the answer tells every date that would move; --course and --day name an infusion, which otherwise is
    the next one that is pending, or day 1 of the course after the newest.
    """
    given = _supposed(if_given, course=course, day=day)
    asked = Asked(on.date() if on else None, until.date() if until else None, config_dir, given)
    lines = Lines(seekable(file), asked=asked)
    out = sys.stdout.buffer
    try:
        _refuse_wrong_files(catalog_of(config_dir))
        with _crew(lines) as pool:
            _check_all(lines, pool)
            for answers in _in_order(_worker(asked, as_json=as_json), lines, pool):
                out.write(answers)
        out.flush()
    except Refused as refused:
        click.echo(str(refused), err=True)
        sys.exit(2)
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _supposed(on: dt.datetime | None, *, course: int | None, day: int | None) -> Administration | None:
    """The dose of `--if-given`, None where none is supposed. Raises UsageError where options do not fit together."""
    if (course is None) != (day is None):
        raise click.UsageError("--course and --day go together")
    if on is None and course is not None:
        raise click.UsageError("--course and --day go with --if-given")
    return None if on is None else Administration(on.date(), course, day)


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


def _check(chunk: Chunk) -> str | None:
    """What is wrong with the first line that cannot be taken, if any."""
    catalog = catalog_of(chunk.asked.config_dir)
    for number, line in chunk.lines:
        try:
            question = read_question(line, catalog, on=chunk.asked.on, until=chunk.asked.until)
            refuse_repeated_members(line)
            check_supposed(question, chunk.asked.if_given)
        except Refusal as refusal:
            return f"line {number}: {refusal}"
    return None


def _worker(asked: Asked, *, as_json: bool) -> Callable[[Chunk], bytes]:
    """What makes text of some lines; a dose that is supposed is answered for by other files, loaded only then."""
    if asked.if_given is None:
        return _answer if as_json else _calendar
    from monitor.cli import supposed

    return supposed.supposing_answers if as_json else supposed.supposing_text


def _answer(chunk: Chunk) -> bytes:
    catalog = catalog_of(chunk.asked.config_dir)
    return b"".join(msgspec.json.encode(answer(question, catalog)) + b"\n" for question in questions(chunk))


def _calendar(chunk: Chunk) -> bytes:
    from monitor.cli.terminal_calendar import render  # `--json` does not pay for it

    catalog = catalog_of(chunk.asked.config_dir)
    text = "".join(render(answer(question, catalog), question.protocol) for question in questions(chunk))
    return text.encode(sys.stdout.encoding or "utf-8", errors="replace")
