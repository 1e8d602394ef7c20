"""`monitor simulate`: what a protocol makes of a history, or of many, without a database."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import click
import msgspec

from monitor.cli.config_option import CONFIG_OPTION
from monitor.cli.history_lines import Asked, Chunk, Lines, seekable
from monitor.cli.history_questions import catalog_of, questions
from monitor.cli.line_by_line import answer_lines
from monitor.cli.simulated import answer, check_supposed, read_question
from monitor.cli.wrong_line import refuse_repeated_members
from monitor.schedules.facts import Administration
from monitor.terms import Refusal


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
    answer_lines(
        Lines(seekable(file), asked=asked),
        catalog=catalog_of(config_dir),
        check=_check,
        answer=_worker(asked, as_json=as_json),
        nothing_in_it="line 1: no history in the file",
    )


def _supposed(on: dt.datetime | None, *, course: int | None, day: int | None) -> Administration | None:
    """The dose of `--if-given`, None where none is supposed. Raises UsageError where options do not fit together."""
    if (course is None) != (day is None):
        raise click.UsageError("--course and --day go together")
    if on is None and course is not None:
        raise click.UsageError("--course and --day go with --if-given")
    return None if on is None else Administration(on.date(), course, day)


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
