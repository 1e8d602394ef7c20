"""Every file says in one sentence why one would open it."""

from __future__ import annotations

import ast

import pytest

from tests.house.sources import ROOT, Function, modules

FOLDERS_OF_DATA = ("config", "migrations", "tests", "docs", "benchmarks", "scripts", "requirements")
ENDINGS = (".", "?", "!", ".)")


def test_it_says_why_one_would_open_a_module() -> None:
    every = modules("monitor", "tests", "scripts", "benchmarks", "migrations")
    silent = [module.path for module in every if not first_line(ast.get_docstring(module.tree)).endswith(ENDINGS)]

    assert silent == []


@pytest.mark.parametrize("folder", FOLDERS_OF_DATA)
def test_it_says_why_one_would_open_a_folder(folder: str) -> None:
    read_me = ROOT / folder / "README.md"

    assert read_me.is_file()
    assert read_me.read_text(encoding="utf-8").strip()


def test_it_says_why_one_would_open_a_package() -> None:
    packages = {path.parent for path in (ROOT / "monitor").rglob("*.py")}

    assert [str(path) for path in packages if not (path / "__init__.py").is_file()] == []


def test_it_explains_what_the_medical_core_offers() -> None:
    silent = [
        f"{module.path}:{node.lineno} {node.name}"
        for module in modules("monitor")
        if module.is_medicine
        for node in module.tree.body
        if isinstance(node, Function) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []


def first_line(docstring: str | None) -> str:
    """The first paragraph: a sentence may need two lines."""
    return (docstring or "").split("\n\n")[0].strip()
