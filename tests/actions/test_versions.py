"""A change of a record names the version that was read; a fact is named by its own id, which a correction replaces."""

from __future__ import annotations

import importlib
import inspect
import re

from monitor.actions.permitted import MAY
from tests.actions.test_roles import IN_ONE_MODULE
from tests.house.sources import ROOT


def _takes_a_version(name: str) -> bool:
    action = getattr(importlib.import_module(f"monitor.actions.{IN_ONE_MODULE.get(name, name)}"), name)
    return "expected_version" in inspect.signature(action).parameters


def test_an_action_takes_a_version_where_a_door_has_one_to_give_and_nowhere_else() -> None:
    doors = "".join(path.read_text() for path in sorted((ROOT / "monitor/api").glob("*.py")))
    given = {name for name in MAY if re.search(rf"changed\(\s*{name}\b|\b{name}\([^)]*expected_version=", doors)}
    assert given == {name for name in MAY if _takes_a_version(name)}
