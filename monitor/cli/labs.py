"""`monitor labs`: what single values mean, one line in and one judgement out; `trend` has a file of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

import click

from monitor.cli.config_option import CONFIG_OPTION
from monitor.cli.evaluated import encode, evaluate, read_value
from monitor.cli.history_lines import Asked, Chunk, Lines, seekable
from monitor.cli.history_questions import catalog_of
from monitor.cli.line_by_line import answer_lines
from monitor.cli.trend_file import trend_file
from monitor.cli.value_shape import Judgement
from monitor.cli.wrong_line import refuse_repeated_members
from monitor.terms import Refusal


@click.group()
def labs() -> None:
    """Judge laboratory values, and draw how they went, without a database."""


labs.add_command(trend_file)


@labs.command("evaluate")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a value instead of lines to read.")
@CONFIG_OPTION
def evaluate_file(*, file: IO[bytes], as_json: bool, config_dir: Path) -> None:
    """Judge every value in FILE (- for standard input), one JSON object a line: plausible, in range, and what to do."""
    answer_lines(
        Lines(seekable(file), asked=Asked(None, None, config_dir)),
        catalog=catalog_of(config_dir),
        check=_check,
        answer=_answer if as_json else _to_read,
        nothing_in_it=None,
    )


def _check(chunk: Chunk) -> str | None:
    """What is wrong with the first line that cannot be taken, if any."""
    catalog = catalog_of(chunk.asked.config_dir)
    for number, line in chunk.lines:
        try:
            read_value(line, catalog)
            refuse_repeated_members(line)
        except Refusal as refusal:
            return f"line {number}: {refusal}"
    return None


def _answer(chunk: Chunk) -> bytes:
    catalog = catalog_of(chunk.asked.config_dir)
    return b"".join(encode(evaluate(read_value(line, catalog), catalog)) for _, line in chunk.lines)


def _to_read(chunk: Chunk) -> bytes:
    catalog = catalog_of(chunk.asked.config_dir)
    lines = []
    for number, line in chunk.lines:
        found = evaluate(read_value(line, catalog), catalog)
        if isinstance(found, Judgement):
            lines += _said(number, found)
        else:
            lines.append(f"{number:>5}  {found.analyte or '?'}: not accepted: {found.refused_because}")
    return "".join(f"{line}\n" for line in lines).encode(sys.stdout.encoding or "utf-8", errors="replace")


def _said(number: int, found: Judgement) -> list[str]:
    sign = "" if found.comparator is None else f"{found.comparator} "
    verdicts = [found.range.value + (" by the usual range" if found.uln_fallback else "")]
    if found.times_uln is not None:
        verdicts.append(f"{found.times_uln:f} x ULN")
    if found.ctcae_grade is not None:
        verdicts.append(f"CTCAE grade {found.ctcae_grade}")
    if not found.plausible:
        verdicts.append("can hardly be true")
    if found.looks_like is not None:
        verdicts.append(f"looks like {found.looks_like}")
    unit = "" if found.unit in (None, "1") else f" {found.unit}"
    first = f"{number:>5}  {found.analyte} {sign}{found.value}{unit}: {', '.join(verdicts)}"
    told = [f"{one.level:<8} {one.rule}: {one.because}; {one.action}" for one in found.findings]
    told += [f"not compared: {one}" for one in found.not_compared]
    return [first, *(f"       {one}" for one in told)]
