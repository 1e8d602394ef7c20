"""Migrations outlive the code of their day: they spell everything themselves."""

from __future__ import annotations

import ast

from tests.house.sources import modules


def test_it_spells_migrations_without_our_code() -> None:
    imported = {
        module.path: [node.module for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom)]
        + [alias.name for node in ast.walk(module.tree) if isinstance(node, ast.Import) for alias in node.names]
        for module in modules("migrations/versions")
    }

    assert imported
    assert [path for path, names in imported.items() if any(str(name).startswith("monitor") for name in names)] == []
