"""Runs every check of the project and says of each: passed, FAILED or NOT RUN; behind `make check` and `make test`.

With --tests the whole test suite runs, else only the tests about the codebase itself (tests/house). A check that could
not run is named; with CI=true it counts as a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
IS_CI = os.environ.get("CI", "").lower() in {"1", "true"}


@dataclass(frozen=True, slots=True)
class Check:
    """One command of the environment, and what its success means."""

    promise: str
    command: tuple[str, ...]
    fix: str = ""


STATIC = (
    Check("no lint", ("ruff", "check", "--quiet", "."), "make fix"),
    Check("formatted", ("ruff", "format", "--quiet", "--check", "."), "make fix"),
    Check("strict types", ("mypy", "--no-error-summary")),
    Check("layers and forbidden imports", ("lint-imports", "--no-cache")),
    Check("protocol files coherent", ("monitor", "protocols", "check")),
)
HOUSE = Check("house rules, migrations in step", ("pytest", "-q", "tests/house", "tests/store/test_migrations.py"))
TESTS = Check(
    "every test, on SQLite and PostgreSQL",
    ("pytest", "-q", "-n", "logical", "--maxprocesses", "4", "--dist", "worksteal"),
)


def main(options: list[str]) -> int:
    checks = (*STATIC, TESTS if "--tests" in options else HOUSE)
    outcomes = {check: run(check) for check in checks}
    print()
    for check, outcome in outcomes.items():
        print(
            f"  {outcome:<8} {check.promise}" + (f"  (try: {check.fix})" if outcome == "FAILED" and check.fix else "")
        )
    bad = {"FAILED", "NOT RUN"} if IS_CI else {"FAILED"}
    return int(any(outcome in bad for outcome in outcomes.values()))


def run(check: Check) -> str:
    print(f"== {check.promise}: {' '.join(check.command)}", flush=True)
    program = shutil.which(check.command[0], path=str(BIN))
    if program is None:
        return "NOT RUN"
    done = subprocess.run([program, *check.command[1:]], cwd=ROOT, check=False)
    return "passed" if done.returncode == 0 else "FAILED"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
