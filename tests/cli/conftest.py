"""What tests of the command line may ask for: to run `monitor` in this process, or as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from monitor.cli import main

Run = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run() -> Run:
    """`run("simulate", "-", stdin=b"…")`: exit code, stdout and stderr; an exception is an exception."""

    def called(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> Result:
        runner = CliRunner(catch_exceptions=False, env=environment)
        return runner.invoke(main, [str(one) for one in arguments], input=stdin)

    return called


@pytest.fixture
def start() -> Start:
    """The same as a process of its own: pipes, encodings and terminals are what they are for a user."""

    def started(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "monitor", *(str(one) for one in arguments)]
        return subprocess.run(
            command, input=stdin, capture_output=True, check=False, cwd=ROOT, env={**os.environ, **environment}
        )

    return started


@pytest.fixture
def history() -> dict[str, Any]:
    """A tofersen treatment with its first two doses given, asked about the day after the second."""
    return {
        "protocol": "tofersen",
        "patient": {"sex": "male", "birth_date": "1970-01-01"},
        "started_on": "2026-01-05",
        "administrations": [{"on": "2026-01-05"}, {"on": "2026-01-19"}],
        "on": "2026-01-20",
    }


@pytest.fixture
def infused() -> dict[str, Any]:
    """An alemtuzumab treatment, course 1 given, then no blood taken until month 3 is overdue."""
    days = ("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06")
    return {
        "id": "p-17",
        "protocol": "alemtuzumab",
        "patient": {"sex": "female", "birth_date": "1985-01-01"},
        "started_on": days[0],
        "administrations": [{"on": on, "course": 1, "day": day} for day, on in enumerate(days, start=1)],
        "on": "2026-06-15",
    }


def line(history: dict[str, Any], **changes: Any) -> bytes:
    """The history as one line of JSON, some members changed."""
    return json.dumps({**history, **changes}).encode()
