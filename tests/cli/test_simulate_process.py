"""`monitor simulate` among other programs: pipes that close early, streams kept apart, memory that stays bounded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, Start, line

_MEBIBYTE = 2**20


@pytest.fixture
def many(tmp_path: Path, history: dict[str, Any]) -> Path:
    file = tmp_path / "many.jsonl"
    file.write_bytes(b"\n".join(line(history, id=f"p-{number}") for number in range(1500)))
    return file


@pytest.mark.parametrize("options", [["--json"], []])
def test_it_ends_quietly_when_the_reader_has_seen_enough(many: Path, options: list[str]) -> None:
    monitor = subprocess.Popen(
        [sys.executable, "-m", "monitor", "simulate", str(many), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert monitor.stdout is not None
    assert monitor.stderr is not None
    assert monitor.stdout.read(20)
    monitor.stdout.close()

    said = monitor.stderr.read()
    monitor.stderr.close()

    assert (monitor.wait(timeout=60), said) == (0, b"")


def test_it_keeps_its_streams_apart(start: Start, history: dict[str, Any]) -> None:
    answered = start("simulate", "-", "--json", stdin=line(history))
    refused = start("simulate", "-", "--json", stdin=line(history, extra=1))

    assert (answered.returncode, answered.stderr) == (0, b"")
    assert json.loads(answered.stdout)["protocol"] == "tofersen.v1"
    assert (refused.returncode, refused.stdout, refused.stderr) == (2, b"", b"line 1: extra: unknown member\n")


def test_it_writes_no_escape_codes_into_a_file(start: Start, infused: dict[str, Any]) -> None:
    shown = start("simulate", "-", stdin=line(infused), FORCE_COLOR="1", TERM="xterm-256color")

    assert shown.returncode == 0
    assert b"OVERDUE" in shown.stdout
    assert b"\x1b" not in shown.stdout


def test_it_gives_the_same_answers_through_a_pipe(start: Start, many: Path) -> None:
    assert start("simulate", "-", "--json", stdin=many.read_bytes()).stdout == start("simulate", many, "--json").stdout


def test_it_keeps_its_memory_bounded(tmp_path: Path, infused: dict[str, Any]) -> None:
    """Ten times the histories must not need more memory: what was answered is let go."""
    few, more = peak(tmp_path, infused, count=300), peak(tmp_path, infused, count=3000)

    assert more < few + 60 * _MEBIBYTE


def peak(folder: Path, history: dict[str, Any], *, count: int) -> int:
    """The largest resident set, in bytes, of the command or of any of its processes."""
    file = folder / f"{count}.jsonl"
    file.write_bytes(b"\n".join([line(history)] * count))
    measure = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-m", "monitor", "simulate", str(file), "--json"]
    measured = subprocess.run(
        [sys.executable, "-c", measure, *command], capture_output=True, check=True, cwd=ROOT, env=dict(os.environ)
    )
    return int(measured.stdout) * (1 if sys.platform == "darwin" else 1024)
