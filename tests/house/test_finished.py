"""Nothing is left for later in silence, and no test is switched off."""

from __future__ import annotations

import re

from tests.house.sources import texts

HERE = "tests/house/test_finished.py"
LEFT = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError")
SWITCHED_OFF = re.compile(r"mark\.(skip|skipif|xfail)\b|\bpytest\.(skip|xfail|importorskip)\(|@unittest\.skip")
STEPS_ASIDE = "tests/not_run.py"  # loudly, and never in continuous integration


def test_it_leaves_nothing_for_later() -> None:
    left = [f"{name}: {found.group()}" for name, text in texts() if name != HERE for found in LEFT.finditer(text)]

    assert left == []


def test_it_switches_no_test_off() -> None:
    python = [(name, text) for name, text in texts() if name.endswith(".py") and name not in {HERE, STEPS_ASIDE}]
    off = [f"{name}: {found.group()}" for name, text in python for found in SWITCHED_OFF.finditer(text)]

    assert off == []
