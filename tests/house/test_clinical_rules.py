"""The page of clinical rules says what the tables of the tests say."""

from __future__ import annotations

import subprocess
import sys

from tests.house.sources import ROOT


def test_the_page_is_in_step_with_the_tables() -> None:
    """Otherwise: python scripts/clinical_rules.py."""
    done = subprocess.run([sys.executable, "scripts/clinical_rules.py", "--check"], cwd=ROOT, check=False)

    assert done.returncode == 0


def test_every_table_has_a_caption_that_a_clinician_can_read() -> None:
    lines = (ROOT / "docs" / "clinical-rules.md").read_text(encoding="utf-8").splitlines()
    headings = [place for place, line in enumerate(lines) if line.startswith("### ")]

    assert len(headings) > 60
    assert [lines[place] for place in headings if not lines[place + 2].strip()] == []
