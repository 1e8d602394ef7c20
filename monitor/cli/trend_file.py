"""`monitor labs trend`: how the values of one analyte went in one history, as JSON or as a picture."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import IO

import click
import msgspec

from monitor.cli.config_option import CONFIG_OPTION
from monitor.cli.history_questions import catalog_of
from monitor.cli.simulated import Question, basis_of, read_question, to_history
from monitor.cli.wrong_line import refuse_repeated_members
from monitor.drawing.language import Language
from monitor.drawing.trend_picture import LETTER, NARROWEST, WIDEST, trend_picture
from monitor.labs.analyte import Dictionary
from monitor.labs.scale_trends import Score, number_of, scale_trend
from monitor.labs.trends import Trend
from monitor.protocols.judged import NO_SIGNS, judged
from monitor.protocols.trended import dose_marks, trended
from monitor.schedules.facts import History
from monitor.terms import Refusal, Unacceptable

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("trend")
@click.argument("file", type=click.File("rb"))
@click.option("--analyte", required=True, help="Its id, code or LOINC; or that of a scale.")
@click.option("--on", type=_DAY, help="The day up to which facts are known; wins over `on` of the history.")
@click.option("--since", type=_DAY, help="The first day that is shown; by default that of the first value or dose.")
@click.option("--svg", "as_svg", is_flag=True, help="A picture, fit to paste into a letter, instead of JSON.")
@click.option("--language", type=click.Choice(("en", "fr")), default="en", help="Of the picture.")
@click.option("--width", type=click.IntRange(NARROWEST, WIDEST), default=LETTER, help="Of the picture.")
@CONFIG_OPTION
def trend_file(
    *,
    file: IO[bytes],
    analyte: str,
    on: dt.datetime | None,
    since: dt.datetime | None,
    as_svg: bool,
    language: Language,
    width: int,
    config_dir: Path,
) -> None:
    """Show how the values of one analyte went in the history in FILE (- for standard input), written as for simulate.

    Points with limits, changes and findings, the action lines of the protocol, the doses.
    """
    raw = file.read().removeprefix(_BYTE_ORDER_MARK)
    try:
        found = _trend(raw, config_dir, analyte=analyte, on=_day(on), since=_day(since))
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    if as_svg:
        text = trend_picture(found, language=language, width=width)
        click.echo(text.encode())
    else:
        click.echo(msgspec.json.encode(found))


def _day(given: dt.datetime | None) -> dt.date | None:
    return None if given is None else given.date()


def _trend(raw: bytes, config_dir: Path, *, analyte: str, on: dt.date | None, since: dt.date | None) -> Trend:
    """Raises Unacceptable, naming what is wrong and never a value."""
    catalog = catalog_of(config_dir)
    question = read_question(raw, catalog, on=on)
    refuse_repeated_members(raw)
    history = to_history(question.history, catalog)
    wanted = catalog.dictionary.find(analyte)
    if wanted is None:
        return _of_scale(question, history, catalog.dictionary, analyte, since=since)
    found = judged(basis_of(question, catalog), history, on=question.on, until=question.on, signs=NO_SIGNS)
    return trended(found, history, wanted, on=question.on, since=since)


def _of_scale(
    question: Question, history: History, dictionary: Dictionary, name: str, *, since: dt.date | None
) -> Trend:
    scale = dictionary.find_scale(name)
    if scale is None or scale.limits is None:
        raise Unacceptable("the dictionary has no such analyte, and no such scale of numbers", field="--analyte")
    rows = [row for row in question.history.assessments if dictionary.find_scale(row.scale) is scale]
    numbers = [(row.on, number_of(row.value)) for row in rows]
    scores = [Score(on, number) for on, number in numbers if number is not None]
    return scale_trend(scale, scores, on=question.on, since=since, doses=dose_marks(history))
