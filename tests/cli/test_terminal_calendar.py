"""The calendar for a terminal: nothing that needs action is hidden, nothing else makes noise, and it fits."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from monitor.catalog import Catalog
from monitor.cli.simulated import answer, read_question
from monitor.cli.terminal import Paper
from monitor.cli.terminal_calendar import render
from tests.cli.conftest import Start, line

ESCAPE = re.compile(r"\x1b\[[0-9;]+m")


def calendar(history: dict[str, Any], catalog: Catalog, *, width: int = 80, is_colourful: bool = False) -> str:
    question = read_question(json.dumps(history), catalog)
    paper = Paper(width=width, is_colourful=is_colourful)
    return render(answer(question, catalog), question.protocol, paper=paper)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("is_colourful", [True, False])
def test_it_fits_the_terminal(catalog: Catalog, infused: dict[str, Any], *, width: int, is_colourful: bool) -> None:
    shown = ESCAPE.sub("", calendar(infused, catalog, width=width, is_colourful=is_colourful))

    assert max(map(len, shown.splitlines())) <= width
    assert not any(text.endswith(" ") for text in shown.splitlines())


def test_it_says_the_same_with_and_without_colour(catalog: Catalog, infused: dict[str, Any]) -> None:
    coloured = calendar(infused, catalog, is_colourful=True)

    assert "\x1b[1;31mOVERDUE\x1b[0m" in coloured
    assert ESCAPE.sub("", coloured) == calendar(infused, catalog)


def test_it_opens_with_who_when_and_what_is_next(catalog: Catalog, infused: dict[str, Any]) -> None:
    top = calendar(infused, catalog).splitlines()[:6]

    assert top == [
        "Alemtuzumab (Lemtrada) for relapsing-remitting multiple sclerosis",
        "p-17 · alemtuzumab.v1 · EU label · asked on 2026-06-15 Monday",
        "",
        "Next dose          2027-03-06 Sat",
        "Next laboratory    2026-06-06 Sat",
        "Surveillance ends  2030-03-06 Wed",
    ]


def test_it_does_not_drown_a_long_surveillance(catalog: Catalog, infused: dict[str, Any]) -> None:
    """261 items, 48 months: what lies years ahead is counted by year."""
    shown = calendar(infused, catalog, width=120).splitlines()

    assert len(shown) < 90
    year = next(place for place, row in enumerate(shown) if row.startswith("2028 "))
    assert " ".join(" ".join(shown[year : year + 2]).split()) == (
        "2028 planned 12 × cbc, creatinine, liver, urinalysis; 4 × tsh; 1 × edss, hpv, mri, prescription, skin"
    )


def test_it_tells_of_every_alert_and_why(catalog: Catalog, infused: dict[str, Any]) -> None:
    question = read_question(json.dumps(infused), catalog)
    asked = answer(question, catalog)
    shown = calendar(infused, catalog, width=120)

    assert asked.alerts
    for alert in asked.alerts:
        assert alert.topic in shown
    assert "CRITICAL  neurologist  overdue:cbc, overdue:creatinine, overdue:liver, overdue:urinalysis" in shown
    assert "cbc/1.1 was due on 2026-04-06" in shown
    assert shown.index("CRITICAL") < shown.index("URGENT")


def test_it_lists_everything_that_needs_action_with_its_source(catalog: Catalog, infused: dict[str, Any]) -> None:
    asked = answer(read_question(json.dumps(infused), catalog), catalog)
    waiting = [item for item in asked.items if item.state in {"overdue", "late", "open"}]
    shown = calendar(infused, catalog)
    to_do = " ".join(shown[shown.index("TO DO") : shown.index("CALENDAR")].split())

    assert f"TO DO ({len(waiting)})" in shown
    for item in waiting:
        assert f"{item.key} " in to_do
        assert f"[{item.source}]" in to_do
    assert "OVERDUE 2026-06-06 Sat" in to_do
    assert "suggested 2026-06-08 Mon" in to_do


def test_it_says_nothing_of_a_suggestion_that_is_the_due_date(catalog: Catalog, infused: dict[str, Any]) -> None:
    shown = calendar(infused, catalog, width=120).splitlines()

    assert "Oct 2026   06 Tue           planned    cbc, creatinine, liver, urinalysis /1.7" in shown
    assert "Sep 2026   06 Sun → 07 Mon  planned    cbc, creatinine, liver, urinalysis /1.6; tsh/1.2" in shown


def test_it_shows_when_a_late_dose_was_given(catalog: Catalog, history: dict[str, Any]) -> None:
    history["administrations"][1]["on"] = "2026-01-21"
    history["on"] = "2026-01-22"

    assert re.search(r"19 Mon → 21 Wed +done +dose/2$", calendar(history, catalog), re.MULTILINE)


def test_it_shows_warnings_with_the_item_they_concern(catalog: Catalog, history: dict[str, Any]) -> None:
    history["administrations"][1]["on"] = "2026-01-09"

    shown = calendar(history, catalog)

    assert "WARNINGS (1)" in shown
    assert re.search(r"^too_early +dose/2: ", shown, re.MULTILINE)


def test_it_shows_what_holds_a_dose_back(catalog: Catalog, history: dict[str, Any]) -> None:
    history["administrations"] = []
    history["events"] = [{"kind": "suspended", "on": "2026-01-02", "reason": "infection"}]

    shown = calendar(history, catalog, width=120)

    assert re.search(r"dose,\s+status_scales, weight /1 \(held back: suspended\)$", shown, re.MULTILINE)
    assert "ALERTS" not in shown


def test_it_keeps_an_old_duty_in_sight(catalog: Catalog, infused: dict[str, Any]) -> None:
    """What nobody ticked off four years ago is not folded into a count of its year."""
    infused["on"] = "2030-01-15"

    shown = calendar(infused, catalog, width=120).splitlines()

    assert "Apr 2026       06 Mon → 07 Tue  LATE       antiherpetic_stop/1" in [
        re.sub(r"^(\w{3} \d{4}) +", r"\1       ", text) for text in shown
    ]


def test_it_obeys_no_color(start: Start, infused: dict[str, Any]) -> None:
    shown = start("simulate", "-", stdin=line(infused), NO_COLOR="1", COLUMNS="100")

    assert b"\x1b" not in shown.stdout
    assert max(map(len, shown.stdout.decode().splitlines())) <= 100
