"""A file's name says what is in it; these names say nothing."""

from __future__ import annotations

from pathlib import PurePath

from tests.house.sources import files

SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "core", "stuff", "base"}
ARGUED = {"monitor/store/base.py"}  # the declarative base has that name everywhere


def test_it_has_no_name_that_says_nothing() -> None:
    python = [name for name in files() if name.endswith(".py") and name not in ARGUED]
    said = {name: {PurePath(name).stem, *PurePath(name).parts[:-1]} & SAY_NOTHING for name in python}

    assert {name: words for name, words in said.items() if words} == {}
