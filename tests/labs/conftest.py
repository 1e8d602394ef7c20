"""The dictionary of the release, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.catalog.analyte_file import read_analyte_file
from monitor.labs.analyte import Analyte, Dictionary


class Shelf:
    """The dictionary for tests that know the name is there."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary

    def __getitem__(self, name: str) -> Analyte:
        found = self.dictionary.find(name)
        assert found is not None, f"no analyte {name}"
        return found


@pytest.fixture(scope="session")
def dictionary(config_dir: Path) -> Dictionary:
    return read_analyte_file(config_dir / "analytes.toml")


@pytest.fixture(scope="session")
def shelf(dictionary: Dictionary) -> Shelf:
    return Shelf(dictionary)
