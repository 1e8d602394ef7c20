"""How values went, on the command line: one history in, a series or a picture out."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import Run, Start, line

ROW = {"analyte": "platelets", "unit": "10*9/L", "status": "final", "lower": "150", "upper": "400"}
COUNTS = [{**ROW, "value": "248", "collected_on": "2026-05-02"}, {**ROW, "value": "118", "collected_on": "2026-06-02"}]


def trend(run: Run, history: dict[str, Any], *options: str, **changes: Any) -> dict[str, Any]:
    shown = run("labs", "trend", "-", "--analyte", "PLT", *options, stdin=line(history, **changes))
    assert (shown.exit_code, shown.stderr) == (0, "")
    found: dict[str, Any] = json.loads(shown.stdout)
    return found


def test_it_tells_the_series_of_one_analyte(run: Run, infused: dict[str, Any]) -> None:
    found = trend(run, infused, results=COUNTS)

    assert (found["analyte"], found["from_on"], found["until_on"]) == ("platelets", "2026-03-02", "2026-06-15")
    assert [(point["value"], point["change_percent"], point["rules"]) for point in found["points"]] == [
        ("248", None, []), ("118", "-52.4", ["platelets.steep_fall"]),
    ]  # fmt: skip
    assert len(found["doses"]) == 5
    assert [line["level"] for line in found["lines"]] == ["critical", "urgent", "soon"]


def test_it_knows_what_replaced_what(run: Run, infused: dict[str, Any]) -> None:
    again = {**ROW, "value": "140", "collected_on": "2026-06-02", "status": "corrected"}

    points = trend(run, infused, results=[*COUNTS, again])["points"]

    assert [(point["value"], point["is_corrected"]) for point in points] == [("248", False), ("140", True)]


def test_it_looks_no_further_than_the_day_that_is_asked_for(run: Run, infused: dict[str, Any]) -> None:
    earlier = trend(run, infused, "--on", "2026-05-15", results=COUNTS)
    later = trend(run, infused, "--since", "2026-05-15", results=COUNTS)

    assert [point["value"] for point in earlier["points"]] == ["248"]
    assert [point["value"] for point in later["points"]] == ["118"]


def test_it_tells_nfl_as_a_change_from_the_value_before_treatment(run: Run, history: dict[str, Any]) -> None:
    rows = [{"analyte": "nfl_plasma", "unit": "pg/mL", "status": "final", "value": value, "collected_on": on}
            for value, on in (("80", "2026-01-04"), ("40", "2026-01-20"))]  # fmt: skip

    shown = run("labs", "trend", "-", "--analyte", "nfl_plasma", stdin=line(history, results=rows))

    found = json.loads(shown.stdout)
    assert (found["baseline"], found["shows_baseline"]) == ("80", True)
    assert [point["baseline_percent"] for point in found["points"]] == ["0.0", "-50.0"]


@pytest.mark.parametrize(("language", "title"), [("en", "Platelets"), ("fr", "Plaquettes")])
def test_it_draws_a_picture(start: Start, infused: dict[str, Any], language: str, title: str) -> None:
    shown = start("labs", "trend", "-", "--analyte", "platelets", "--svg", "--language", language, "--width", "340",
                  stdin=line(infused, results=COUNTS), PYTHONIOENCODING="ascii")  # fmt: skip

    picture = ET.fromstring(shown.stdout)  # noqa: S314 - our own picture
    assert shown.returncode == 0
    assert picture.attrib["width"] == "340"
    assert (picture.findtext("{http://www.w3.org/2000/svg}title") or "").startswith(title)


@pytest.mark.parametrize(
    ("options", "stdin", "message"),
    [
        (
            ["--analyte", "phlogiston"],
            None,
            "--analyte: the dictionary has no such analyte, and no such scale of numbers\n",
        ),
        (["--analyte", "platelets"], b"[]", "expected object, got array\n"),
        (["--analyte", "platelets"], b'{"id": 1, "id": 2}', "protocol: missing\n"),
    ],
)
def test_it_refuses_what_it_cannot_take(
    run: Run, infused: dict[str, Any], options: list[str], stdin: bytes | None, message: str
) -> None:
    refused = run("labs", "trend", "-", *options, stdin=stdin or line(infused))

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.endswith(message)


def test_it_tells_the_slope_of_a_scale(run: Run, history: dict[str, Any]) -> None:
    rows = [{"scale": "alsfrs_r", "value": value, "on": on}
            for value, on in (("38", "2026-01-02"), ("33", "2026-07-02"), ("not done", "2026-07-03"))]  # fmt: skip

    shown = run(
        "labs", "trend", "-", "--analyte", "ALSFRS_R", "--on", "2026-07-15", stdin=line(history, assessments=rows)
    )

    found = json.loads(shown.stdout)
    assert (found["analyte"], found["baseline"], found["slope_per_month"]) == ("alsfrs_r", "38", "-0.84")
    assert len(found["points"]) == 2
