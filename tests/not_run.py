"""The one way for a test to step aside: loudly on a laptop, as a failure in continuous integration."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

MARK = "NOT RUN: "


def is_ci() -> bool:
    """Nothing may step aside here; the variable is set by every continuous integration we know."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def not_run(reason: str) -> NoReturn:
    """The calling test or fixture cannot run on this machine, and everybody is to know."""
    if is_ci():
        pytest.fail(MARK + reason, pytrace=False)
    pytest.skip(MARK + reason)


def report_not_run(terminalreporter: pytest.TerminalReporter) -> None:
    """At the end of the run: how many tests did not run, and what was missing."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = text.removeprefix("Skipped: ").removeprefix(MARK)
        reasons[reason] = reasons.get(reason, 0) + 1
    if reasons:
        terminalreporter.section("NOT RUN", sep="!", red=True, bold=True)
        for reason, count in reasons.items():
            terminalreporter.line(f"{count} tests: {reason}", red=True)
