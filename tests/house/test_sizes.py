"""The budgets: a file that can be read in one sitting, a function that can be seen at one glance."""

from __future__ import annotations

import ast

from tests.house.sources import Function, functions, modules

LONGEST_MODULE, USUAL_MODULE, USUAL_SHARE, LONGEST_FUNCTION, MOST_BRANCHES = 300, 180, 0.9, 40, 8
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
READ_BY_DATE = "migrations/versions/"  # a migration is written once and never worked on


def test_it_keeps_every_module_short() -> None:
    sizes = {module.path: module.lines for module in modules("monitor", "tests", "scripts", "benchmarks")}

    assert {path: size for path, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_it_keeps_nine_modules_in_ten_shorter_still() -> None:
    sizes = {module.path: module.lines for module in modules("monitor")}
    long = {path: size for path, size in sizes.items() if size > USUAL_MODULE}

    assert len(long) <= (1 - USUAL_SHARE) * len(sizes), long


def test_it_keeps_every_function_in_sight() -> None:
    found = [pair for module in modules("monitor", "scripts", "tests") for pair in functions(module)]
    sizes = {place: length(function) for place, function in found}

    assert {place: size for place, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_it_keeps_the_branches_of_a_function_countable() -> None:
    found = [pair for module in modules("monitor", "scripts", "tests") for pair in functions(module)]
    counts = {place: sum(isinstance(node, BRANCHES) for node in ast.walk(function)) for place, function in found}

    assert {place: count for place, count in counts.items() if count > MOST_BRANCHES} == {}


def length(function: Function) -> int:
    """Its lines without decorators and without what its docstring says."""
    explained = function.body[0] if ast.get_docstring(function) else None
    said = (explained.end_lineno or explained.lineno) - explained.lineno + 1 if explained else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - said
