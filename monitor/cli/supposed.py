"""`monitor simulate --if-given`: what a dose would change in one history, or in many, as JSON or to read."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import msgspec

from monitor.catalog import Catalog
from monitor.catalog.checking import COUNTRY_OF_PROFILE
from monitor.cli.history_lines import Chunk
from monitor.cli.history_questions import catalog_of, questions
from monitor.cli.simulated import Question, answer, to_history
from monitor.cli.supposing_shape import SupposingAnswer
from monitor.cli.terminal_supposed import render_supposed
from monitor.schedules.facts import Administration
from monitor.schedules.what_if import if_given


def supposing_answers(chunk: Chunk) -> bytes:
    """One line of JSON a history."""
    return b"".join(msgspec.json.encode(found) + b"\n" for _, found in _answers(chunk))


def supposing_text(chunk: Chunk) -> bytes:
    """What would change in each history, to read."""
    text = "".join(render_supposed(found, question.protocol) for question, found in _answers(chunk))
    return text.encode(sys.stdout.encoding or "utf-8", errors="replace")


def _answers(chunk: Chunk) -> Iterator[tuple[Question, SupposingAnswer]]:
    catalog, given = catalog_of(chunk.asked.config_dir), chunk.asked.if_given
    if given is not None:
        for question in questions(chunk):
            yield question, supposing_answer(question, catalog, given)


def supposing_answer(question: Question, catalog: Catalog, given: Administration) -> SupposingAnswer:
    """The answer to one checked history, and what the dose would change in it."""
    history = question.history
    supposed = if_given(
        question.protocol.plan_for(history.profile),
        to_history(history, catalog),
        given=given,
        on=question.on,
        until=question.until,
        working_days=catalog.working_days(COUNTRY_OF_PROFILE[history.profile]),
    )
    return SupposingAnswer(**msgspec.structs.asdict(answer(question, catalog)), if_given=supposed)
