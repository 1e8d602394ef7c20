"""Lines that `labs evaluate` does not take: where and why, exit status 2, and nothing on standard output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run, Start

GOOD = b'{"analyte": "tsh", "value": "1", "unit": "mUI/L"}'
_MEBIBYTE = 2**20


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nope", "not a JSON object"),
        ("[]", "expected object, got array"),
        ("null", "expected object, got null"),
        ('{"analyte": "tsh", "value": "1"', "not a JSON object"),
        ('{"analyte": "tsh", "value": "\\ud800"}', "not a JSON object"),
        ('{"analyte": "tsh"}', "value: missing"),
        ('{"value": "1"}', "analyte: missing"),
        ('{"analyte": "tsh", "value": "1", "note": "x"}', "note: unknown member"),
        (
            '{"analyte": "tsh", "value": "1", "baseline": {"value": "1", "on": "2026-01-01"}}',
            "baseline.on: unknown member",
        ),
        ('{"analyte": "tsh", "value": "1", "previous": [{"value": "1"}]}', "previous[0].collected_on: missing"),
        ('{"analyte": "tsh", "value": "1", "value": "2"}', "value: given twice"),
        ('{"analyte": "tsh", "value": 1}', "value: expected str, got int"),
        ('{"analyte": "tsh", "value": "1", "lower": 1}', "lower: expected str | null, got int"),
        ('{"analyte": "tsh", "value": "1", "age": "40"}', "age: expected int | float | null, got str"),
        ('{"analyte": "tsh", "value": "1", "age": true}', "age: expected int | float | null, got bool"),
        ('{"analyte": "tsh", "value": "1", "age": -3}', "age: not a number of years"),
        ('{"analyte": "tsh", "value": "1", "age": -0.5}', "age: not a number of years"),
        ('{"analyte": "tsh", "value": "1", "sex": "unknown"}', "sex: not one of the values known here"),
        ('{"analyte": "tsh", "value": "1", "decimal": "dot"}', "decimal: not one of the values known here"),
        ('{"analyte": "tsh", "value": "1", "protocol": "snakeoil"}', "protocol: no such protocol"),
        ('{"analyte": "tsh", "value": "1", "collected_on": "2026-02-30"}', "collected_on: not a date"),
    ],
)
def test_it_says_where_and_why_and_answers_nothing(run: Run, line: str, message: str) -> None:
    refused = run("labs", "evaluate", "-", "--json", stdin=GOOD + b"\n\n" + line.encode() + b"\n" + GOOD)

    assert (refused.exit_code, refused.stdout, refused.stderr) == (2, "", f"line 3: {message}\n")


def test_it_answers_nothing_where_the_last_of_many_is_wrong(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_bytes(b"\n".join([GOOD] * 3000) + b"\nnope\n")

    refused = start("labs", "evaluate", str(file), "--json")

    assert (refused.returncode, refused.stdout, refused.stderr) == (2, b"", b"line 3001: not a JSON object\n")


def test_it_answers_an_empty_file_with_nothing(run: Run) -> None:
    answered = run("labs", "evaluate", "-", "--json", stdin=b"\n \n")

    assert (answered.exit_code, answered.stdout) == (0, "")


def test_it_answers_many_in_their_order_through_a_file_and_a_pipe(start: Start, tmp_path: Path) -> None:
    lines = b"\r\n".join(json.dumps({"analyte": "tsh", "value": str(n), "unit": "mUI/L"}).encode() for n in range(1500))
    file = tmp_path / "many.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + lines)

    of_file, of_pipe = (
        start("labs", "evaluate", str(file), "--json"),
        start("labs", "evaluate", "-", "--json", stdin=lines),
    )

    assert [json.loads(line)["value"] for line in of_file.stdout.splitlines()] == [str(n) for n in range(1500)]
    assert of_pipe.stdout == of_file.stdout


def test_it_ends_quietly_when_the_reader_has_seen_enough(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_bytes(b"\n".join([GOOD] * 5000))
    command = [sys.executable, "-m", "monitor", "labs", "evaluate", str(file), "--json"]
    monitor = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert monitor.stdout is not None
    assert monitor.stderr is not None
    assert monitor.stdout.read(20)
    monitor.stdout.close()

    said = monitor.stderr.read()
    monitor.stderr.close()

    assert (monitor.wait(timeout=60), said) == (0, b"")


def test_it_keeps_its_memory_bounded(tmp_path: Path) -> None:
    """Five times the lines, about the same memory."""
    measure = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)\n"
    )
    used = []
    for count in (4_000, 20_000):
        file = tmp_path / f"{count}.jsonl"
        file.write_bytes(b"\n".join([GOOD] * count))
        command = [
            sys.executable,
            "-c",
            measure,
            sys.executable,
            "-m",
            "monitor",
            "labs",
            "evaluate",
            str(file),
            "--json",
        ]
        used.append(int(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout))

    assert used[1] < used[0] + 24 * _MEBIBYTE
