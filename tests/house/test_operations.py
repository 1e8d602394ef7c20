"""What operators read is true: every setting and every command stands in docs/operations.md as it is."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import re

import click

from monitor.cli import main
from monitor.settings import PREFIX, Settings
from tests.house.sources import ROOT, modules

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
WRITTEN = dict(re.findall(rf"^\| `{PREFIX}(\w+)` \| (.+?) \|", TEXT, re.MULTILINE))


def test_it_describes_every_setting_with_its_default() -> None:
    known = {field.name.upper(): spelled(field.default) for field in dataclasses.fields(Settings)}

    assert {name: default.strip("`") for name, default in WRITTEN.items()} == known


def test_every_setting_is_read_by_the_part_that_it_sets() -> None:
    """A setting that nothing reads promises an operator what does not happen; to be checked is not to be read."""
    read = {
        node.attr
        for module in modules("monitor")
        if module.path != "monitor/settings.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("settings")
    }
    if "is_production" in read:
        read.add("environment")

    assert {field.name for field in dataclasses.fields(Settings)} - read == set()


def test_it_names_every_command_once() -> None:
    named = re.findall(
        r"`(monitor [a-z]+(?: [a-z-]+)?)", "\n".join(re.findall(r"^\| (`monitor.+?) \|", TEXT, re.MULTILINE))
    )

    assert sorted(named) == sorted(set(named))


def test_it_describes_every_command() -> None:
    commands = set(main.list_commands(click.Context(main)))

    assert set(re.findall(r"^\| `monitor (\w+)", TEXT, re.MULTILINE)) == commands


def spelled(default: object) -> str:
    """A default as an operator would write it."""
    if default is None or default == ():
        return "none"
    if isinstance(default, dt.timedelta):
        return f"{default.total_seconds():.0f}"
    if isinstance(default, dt.time):
        return f"{default:%H:%M}"
    if isinstance(default, bool):
        return str(default).lower()
    return str(default) if not str(default).endswith("/config") else "the `config` folder of the release"
