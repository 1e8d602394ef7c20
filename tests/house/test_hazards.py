"""A number that stands for a hazard, a guarantee or a building block leads somewhere, and each hazard to a test."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tests.house.sources import ROOT

_CITED = re.compile(r"(?<![A-Za-z0-9_])([HGP]\d{1,2})(?![A-Za-z0-9_])")
_IN_A_NAME = re.compile(r"(?<![A-Za-z0-9])([hg]\d{2})(?=_|\b)")
_TOLD = frozenset(re.findall(r"^\| ([HGP]\d{1,2}) \|", (ROOT / "docs/hazards.md").read_text("utf-8"), re.MULTILINE))
_PLACES = ("monitor", "tests", "config", "migrations", "benchmarks")
_PAPERS = ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md")


def _numbers(files: Iterable[Path]) -> set[str]:
    found: set[str] = set()
    for file in files:
        text = file.read_text(encoding="utf-8")
        found |= set(_CITED.findall(text))
        if file.suffix == ".py":
            found |= {name.upper() for name in _IN_A_NAME.findall(text.replace("_h", " h").replace("_g", " g"))}
    return found


def _sources(*places: str) -> list[Path]:
    return [file for place in places for file in (ROOT / place).rglob("*") if file.suffix in {".py", ".toml"}]


def test_each_number_that_is_cited_is_explained() -> None:
    papers = [ROOT / name for name in _PAPERS] + list((ROOT / "docs/decisions").glob("*.md"))

    assert _numbers([*_sources(*_PLACES), *papers]) - _TOLD == set()


def test_each_hazard_that_is_explained_is_held_by_a_test() -> None:
    told = {number for number in _TOLD if number.startswith("H")}

    assert told - _numbers(_sources("tests")) == set()
