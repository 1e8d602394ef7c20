"""Only the record doubts a number that looks like another unit: on the command line the hard limits alone decide."""

from __future__ import annotations

import json

from tests.cli.conftest import Run
from tests.spec.builders import tofersen


def test_labs_evaluate_names_the_other_unit_and_calls_the_number_plausible(run: Run) -> None:
    asked = json.dumps({"analyte": "creatinine", "value": "14", "unit": "umol/L"})
    found = json.loads(run("labs", "evaluate", "-", "--json", stdin=asked.encode()).stdout)
    assert (found["plausible"], found["looks_like"]) == (True, "mg/L")
    assert "creatinine.implausible" not in [one["rule"] for one in found["findings"]]


def test_simulate_credits_the_number() -> None:
    owed = tofersen("2026-01-05").asked("2026-01-05").of("creatinine/0")
    story = tofersen("2026-01-05").with_result("creatinine", "14", "umol/L", "2026-01-04")
    credited = story.asked("2026-01-05").of("creatinine/0")
    assert (owed.state == "done", credited.state) == (False, "done")
