"""The project's own files, as the tests about the codebase read them."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MEDICINE = ("schedules", "labs", "dossier", "notices", "protocols", "terms.py")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file, parsed."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def is_medicine(self) -> bool:
        return self.path.startswith(tuple(f"monitor/{name}" for name in MEDICINE))


@functools.cache
def files() -> tuple[str, ...]:
    """Every file that is or would be tracked, as a path from the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


@functools.cache
def modules(*folders: str) -> tuple[Module, ...]:
    """The Python files under these folders."""
    wanted = tuple(f"{folder}/" for folder in folders)
    paths = [name for name in files() if name.endswith(".py") and name.startswith(wanted)]
    texts = [(path, (ROOT / path).read_text(encoding="utf-8")) for path in paths]
    return tuple(Module(path, text, ast.parse(text, path)) for path, text in texts)


def functions(module: Module) -> Iterator[tuple[str, Function]]:
    """Every function and method of a module, with its place."""
    for node in ast.walk(module.tree):
        if isinstance(node, Function):
            yield f"{module.path}:{node.lineno} {node.name}", node


def texts() -> Iterator[tuple[str, str]]:
    """Every file that is text, with its content."""
    for name in files():
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture or a font holds no words
            continue
