"""The shapes in which histories arrive at `monitor simulate`, and the days on which they are asked about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.conftest import Run, line

BOM = b"\xef\xbb\xbf"


def answers(result: Result) -> list[dict[str, Any]]:
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(text) for text in result.stdout.splitlines()]


def test_it_reads_a_file(run: Run, history: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "one.json").write_bytes(line(history, id="p-1"))

    (answer,) = answers(run("simulate", tmp_path / "one.json", "--json"))

    assert (answer["id"], answer["protocol"], answer["profile"], answer["on"]) == (
        "p-1",
        "tofersen.v1",
        "eu",
        "2026-01-20",
    )
    assert answer["next"]["dose"] == "2026-02-02"


@pytest.mark.parametrize("given", ["p-1", "", None])
def test_it_echoes_the_id(run: Run, history: dict[str, Any], given: object) -> None:
    (answer,) = answers(run("simulate", "-", "--json", stdin=line(history, id=given)))

    assert answer["id"] == given


def test_it_answers_many_in_their_order(run: Run, history: dict[str, Any]) -> None:
    """Several processes share the work; the answers still come in the order of the questions."""
    text = b"\n".join(line(history, id=f"p-{number}") for number in range(500))

    assert [answer["id"] for answer in answers(run("simulate", "-", "--json", stdin=text))] == [
        f"p-{n}" for n in range(500)
    ]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("start", [b"", BOM])
@pytest.mark.parametrize("indent", [None, 2])
def test_it_reads_one_object_however_it_is_laid_out(
    run: Run, history: dict[str, Any], end: bytes, start: bytes, indent: int | None
) -> None:
    text = start + json.dumps(history, indent=indent).encode().replace(b"\n", end) + end

    (answer,) = answers(run("simulate", "-", "--json", stdin=text))

    assert answer["next"]["dose"] == "2026-02-02"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n", b" \r\n\t\n"])
@pytest.mark.parametrize("start", [b"", BOM])
def test_it_reads_lines_however_they_end(run: Run, history: dict[str, Any], end: bytes, start: bytes) -> None:
    text = start + end.join(line(history, id=f"p-{number}") for number in range(3)) + end

    assert [answer["id"] for answer in answers(run("simulate", "-", "--json", stdin=text))] == ["p-0", "p-1", "p-2"]


def test_it_counts_blank_lines_when_it_names_one(run: Run, history: dict[str, Any]) -> None:
    refused = run("simulate", "-", stdin=line(history) + b"\n\n\n" + line(history, extra=1))

    assert refused.stderr == "line 4: extra: unknown member\n"


def test_it_reads_a_very_long_line(run: Run, history: dict[str, Any]) -> None:
    rows = [{"analyte": "unheard_of", "value": "1", "collected_on": "2026-01-19", "status": "final"}] * 40_000

    (answer,) = answers(run("simulate", "-", "--json", stdin=line(history, results=rows)))

    assert sum(warning["code"] == "unknown_analyte" for warning in answer["warnings"]) == 40_000


def test_it_keeps_letters_beyond_english(run: Run, history: dict[str, Any]) -> None:
    (answer,) = answers(
        run("simulate", "-", "--json", stdin=json.dumps({**history, "id": "é–患"}, ensure_ascii=False).encode())
    )

    assert answer["id"] == "é–患"


def test_it_lets_the_day_of_the_command_line_win(run: Run, history: dict[str, Any]) -> None:
    (answer,) = answers(run("simulate", "-", "--json", "--on", "2026-01-10", stdin=line(history)))

    assert answer["on"] == "2026-01-10"
    assert [warning["code"] for warning in answer["warnings"]] == ["future_fact"]


def test_it_takes_the_day_from_the_command_line_alone(run: Run, history: dict[str, Any]) -> None:
    del history["on"]

    (answer,) = answers(run("simulate", "-", "--json", "--on", "2026-01-21", stdin=line(history)))

    assert answer["on"] == "2026-01-21"


def test_it_plans_a_year_ahead(run: Run, history: dict[str, Any]) -> None:
    (answer,) = answers(run("simulate", "-", "--json", stdin=line(history)))
    (longer,) = answers(run("simulate", "-", "--json", stdin=line(history, until="2028-01-20")))

    doses = [item["due_on"] for item in answer["items"] if item["stream"] == "dose"]
    assert doses[-1] == max(
        day for day in (d["due_on"] for d in longer["items"] if d["stream"] == "dose") if day <= "2027-01-20"
    )


def test_it_lets_the_until_of_the_command_line_win(run: Run, history: dict[str, Any]) -> None:
    (answer,) = answers(
        run("simulate", "-", "--json", "--until", "2026-02-28", stdin=line(history, until="2028-01-20"))
    )

    assert max(item["due_on"] for item in answer["items"]) <= "2026-02-28"


def test_it_answers_one_object_with_one_calendar(run: Run, history: dict[str, Any]) -> None:
    shown = run("simulate", "-", stdin=line(history, id="p-1"))

    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.count("CALENDAR") == 1
    assert "p-1 · tofersen.v1" in shown.stdout
