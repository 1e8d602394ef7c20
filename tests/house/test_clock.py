"""One module reads the wall clock; everything else is told what time it is."""

from __future__ import annotations

import ast

from tests.house.sources import Module, modules

READER = "monitor/clock.py"
READINGS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "monotonic"), ("time", "clock_gettime"), ("time", "localtime"),
    ("time", "gmtime"),
}  # fmt: skip
IN_SQL = ("CURRENT_TIMESTAMP", "CURRENT_DATE", "func.now(", "func.current_timestamp(", "datetime('now", "date('now")
LEASES = ("monitor/store/", "monitor/delivery/", "monitor/edge/")  # leases and claims use the database's time


def test_it_reads_the_clock_in_one_module() -> None:
    readers = {module.path: calls for module in modules("monitor", "migrations") if (calls := readings(module))}

    assert set(readers) == {READER}, readers


def test_it_asks_the_database_for_the_time_only_where_leases_are_kept() -> None:
    askers = [module.path for module in modules("monitor") if any(word in module.text for word in IN_SQL)]

    assert [path for path in askers if not path.startswith(LEASES)] == []


def readings(module: Module) -> list[str]:
    """Uses such as `datetime.now` or `dt.date.today`, and the functions of `time` imported by name."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            found += [f"{owner}.{node.attr}"] if (owner, node.attr) in READINGS else []
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [f"from time import {name.name}" for name in node.names if ("time", name.name) in READINGS]
    return found
