"""Tests meet the real thing: no mocks of our own code, no frozen time, and pure tests stay pure."""

from __future__ import annotations

import ast

from tests.house.sources import Module, modules

MAY_SHIFT_THE_CLOCK = ("tests/jobs/", "tests/cli/", "tests/test_cli", "tests/journeys/", "tests/test_clock")
PURE = ("tests/schedules/", "tests/labs/", "tests/notices/", "tests/protocols/", "tests/spec/")
MACHINERY = ("flask", "sqlalchemy", "twilio", "apscheduler", "monitor.store", "monitor.actions", "monitor.app")


def test_it_mocks_nothing() -> None:
    mocking = [module.path for module in modules("tests") if imports(module) & {"unittest.mock", "mock", "pytest_mock"}]

    assert mocking == []


def test_it_shifts_the_clock_only_where_clocks_are_tested() -> None:
    shifting = [module.path for module in modules("tests") if "time_machine" in imports(module)]

    assert [path for path in shifting if not path.startswith(MAY_SHIFT_THE_CLOCK)] == []


def test_it_keeps_pure_tests_free_of_machinery() -> None:
    heavy = [
        f"{module.path}: {name}"
        for module in modules("tests")
        if module.path.startswith(PURE)
        for name in sorted(imports(module))
        if name.startswith(MACHINERY)
    ]

    assert heavy == []


def imports(module: Module) -> set[str]:
    """The dotted names that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found
