"""`monitor simulate --if-given`: one member more, every date that moves in sight, and refusals as for any line."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from monitor.catalog import Catalog
from monitor.cli.simulated import read_question
from monitor.cli.supposed import supposing_answer
from monitor.cli.terminal import Paper
from monitor.cli.terminal_supposed import render_supposed
from monitor.schedules.facts import Administration
from tests.cli.conftest import Run, line
from tests.schedules.supposing import CHANGES, keys
from tests.spec.builders import Story

GIVEN = ("--if-given", "2026-02-09")


def shown(history: dict[str, Any], catalog: Catalog, given: Administration, *, width: int = 80) -> str:
    question = read_question(json.dumps(history), catalog)
    answer = supposing_answer(question, catalog, given)
    return render_supposed(answer, question.protocol, paper=Paper(width=width, is_colourful=False))


def test_it_adds_one_member_and_leaves_the_others_as_they_are(run: Run, history: dict[str, Any]) -> None:
    plain = json.loads(run("simulate", "-", "--json", stdin=line(history)).stdout)
    supposed = json.loads(run("simulate", "-", "--json", *GIVEN, stdin=line(history)).stdout)

    assert [*supposed] == [*plain, "if_given"]
    assert {name: value for name, value in supposed.items() if name != "if_given"} == plain
    assert supposed["if_given"]["supposed"] == {
        "what": "given", "key": "dose/3", "on": "2026-02-09", "weekday": "monday", "course": None, "day": None,
        "due_on": "2026-02-02",
    }  # fmt: skip
    assert {"key": "dose/4", "stream": "dose", "kind": "dose", "from": "2026-03-02", "to": "2026-03-09", "days": 7} in (
        supposed["if_given"]["changes"]["moved"]
    )


def test_it_answers_many_histories_line_by_line(run: Run, history: dict[str, Any], infused: dict[str, Any]) -> None:
    lines = [line(history, id=0), line(infused, id=1)] * 150

    answered = run("simulate", "-", "--json", *GIVEN, "--on", "2026-06-15", stdin=b"\n".join(lines))

    found = [json.loads(text) for text in answered.stdout.splitlines()]
    assert [one["id"] for one in found] == [0, 1] * 150
    assert [one["if_given"]["supposed"]["key"] for one in found] == ["dose/3", "infusion/2.1"] * 150


def test_it_takes_the_infusion_that_is_named(run: Run, infused: dict[str, Any]) -> None:
    asked = ("--if-given", "2027-03-08", "--course", "2", "--day", "3")

    found = json.loads(run("simulate", "-", "--json", *asked, stdin=line(infused)).stdout)

    assert found["if_given"]["supposed"]["key"] == "infusion/2.3"


@pytest.mark.parametrize("as_json", [True, False])
def test_it_refuses_a_course_where_there_are_none(
    run: Run, history: dict[str, Any], infused: dict[str, Any], *, as_json: bool
) -> None:
    options = [*GIVEN, "--course", "2", "--day", "1", *(["--json"] if as_json else [])]

    refused = run("simulate", "-", *options, stdin=line(infused) + b"\n" + line(history))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "line 2: --course: unknown: this protocol has no courses\n"


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--if-given", "2026-02-30"), "--if-given"),
        (("--if-given", "2200-01-01"), "--if-given: not between 1900 and 2199"),
        ((*GIVEN, "--course", "2"), "--course and --day go together"),
        ((*GIVEN, "--day", "2"), "--course and --day go together"),
        ((*GIVEN, "--course", "0", "--day", "1"), "--course"),
        (("--course", "2", "--day", "1"), "--if-given"),
    ],
)
def test_it_refuses_options_that_mean_nothing(
    run: Run, infused: dict[str, Any], options: tuple[str, ...], word: str
) -> None:
    refused = run("simulate", "-", *options, stdin=line(infused))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert word in refused.stderr


def test_it_reads_the_dose_back_with_its_weekday(catalog: Catalog, history: dict[str, Any]) -> None:
    text = " ".join(shown(history, catalog, Administration(on=dt.date.fromisoformat("2026-02-09"))).split())

    assert "IF dose/3 is given on 2026-02-09 Mon, 7 days after its day (2026-02-02 Mon)" in text
    assert "Next dose 2026-02-02 Mon → 2026-03-09 Mon" in text
    assert "2026-03-02 Mon → 2026-03-09 Mon +7 days" in text


@pytest.mark.parametrize("width", [80, 120])
def test_it_shows_every_change_and_fits(catalog: Catalog, infused: dict[str, Any], width: int) -> None:
    given = Administration(on=dt.date.fromisoformat("2027-02-01"))
    answer = supposing_answer(read_question(json.dumps(infused), catalog), catalog, given)
    text = shown(infused, catalog, given, width=width)
    changes = answer.if_given.changes

    assert max(map(len, text.splitlines())) <= width
    for what, heading in (
        ("moved", "DATES THAT MOVE"),
        ("appears", "NEW ON THE CALENDAR"),
        ("disappears", "NO LONGER OWED"),
        ("credited", "DONE BY IT"),
        ("warnings", "WARNINGS"),
    ):
        assert f"{heading} ({len(getattr(changes, what))})" in text
    assert all(move.stream in text for move in changes.moved)
    assert "before_minimum_gap" in text
    assert "Surveillance ends  2030-03-06 Wed → 2031-02-01 Sat" in text
    assert "cbc/2.1 to 2.48" in text


def test_it_says_that_nothing_moves(catalog: Catalog, history: dict[str, Any]) -> None:
    given = Administration(on=dt.date.fromisoformat("2026-02-02"))
    answer = supposing_answer(read_question(json.dumps(history), catalog), catalog, given)

    assert {what for what in CHANGES if keys(answer.if_given.changes, what)} == {"credited"}
    assert "DATES THAT MOVE (0)\n  none\n" in shown(history, catalog, given)


def test_it_shows_what_counts_no_more_and_what_ends(catalog: Catalog, history: dict[str, Any]) -> None:
    history |= Story(history).with_panel("cbc", "2026-01-27").history
    history["on"] = "2026-02-20"

    text = shown(history, catalog, Administration(on=dt.date.fromisoformat("2026-02-20")))

    assert "COUNTS NO MORE (1)" in text
    assert "done on 2026-01-27 Tue" in text
    assert "ALERTS THAT END (1)" in text
    assert "overdue:dose" in text
