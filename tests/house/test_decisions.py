"""Every decision record can be read the same way, and every dependency is argued in one line of one of them."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.house.sources import ROOT

FOLDER = ROOT / "docs" / "decisions"
RECORDS = sorted(path.name for path in FOLDER.glob("[0-9]*.md"))
HEADINGS = ["Context", "Decision", "Status", "Consequences"]


@pytest.mark.parametrize("name", RECORDS)
def test_it_says_context_decision_status_and_consequences(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")

    assert re.match(rf"# {int(name[:4])}\. \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS


def test_it_numbers_the_records_without_a_gap() -> None:
    assert [int(name[:4]) for name in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_it_argues_for_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*project["project"]["dependencies"], *(line for g in project["dependency-groups"].values() for line in g)]
    asked = {Requirement(line).name.lower() for line in lines}
    text = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in RECORDS)
    rows = re.findall(r"^\| (`.+?`) \|", text, re.MULTILINE)
    argued = {name.lower() for row in rows for name in re.findall(r"`(.+?)`", row)}

    assert argued == asked
