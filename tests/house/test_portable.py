"""No file depends on one machine or names one supplier of packages, and nobody's real number stands anywhere."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.sources import ROOT, texts

REGISTRIES = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"),
              ("npmjs", "com"), ("deb", "debian", "org"), ("unpkg", "com"), ("jsdelivr", "net"))]  # fmt: skip
PLACES = [f"/{folder}/" for folder in ("root", "home", "Users", "work")]
FICTION = re.compile(
    r"""\+33(19900|26191|35301|46571|53649|63998)\d{3,6} # ranges that France keeps for fiction
      | \+447700900\d{3}                                  # and the United Kingdom
      | \+1500555\d{4} | \+1\d{3}55501\d{2}               # the provider's test numbers, and North America's
    """,
    re.VERBOSE,
)
NUMBER = re.compile(r"\+(?:33|44|49|32|41|1)[\d ().-]{8,16}\d")
RECORDED = "tests/data/"  # extracts of other people's documents keep their examples


def test_it_names_no_registry() -> None:
    named = [f"{name}: {host}" for name, text in texts() for host in REGISTRIES if host in text]

    assert named == []


def test_it_names_no_place_of_one_machine() -> None:
    places = [*PLACES, f"{ROOT}/", f"{Path.home()}/"]
    named = [
        f"{name}: {place}" for name, text in texts() for place in places if re.search(rf"(?<![\w.}}]){place}", text)
    ]

    assert named == []


def test_it_holds_only_numbers_that_ring_nowhere() -> None:
    written = [
        (name, re.sub(r"[^\d+]", "", found.group()))
        for name, text in texts()
        if not name.startswith(RECORDED) and not name.startswith("requirements/")
        for found in NUMBER.finditer(text)
    ]

    assert [(name, number) for name, number in written if not FICTION.fullmatch(number)] == []
