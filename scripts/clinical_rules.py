"""Writes docs/clinical-rules.md from the tables of tests/spec: what the tests hold is what a clinician reads."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "clinical-rules.md"
LEFT_OUT = {"test_command", "test_refusals", "test_readings", "test_fine_points"}  # about the command, not about care

HEAD = """# Clinical rules, as tables

Each row below is a worked case that runs as a test on every change; this page is written from those tests by
`python scripts/clinical_rules.py`, so it cannot say anything else than what the calendar does. What each label asks
for, with its sections, is printed by `monitor protocols show tofersen` and `monitor protocols show alemtuzumab`.

Dates are of the treating centre. A dash means none. Keys such as `cbc/1.7` name an item: stream, course, number.
"""


def main(options: list[str]) -> int:
    wanted = page()
    if "--check" in options:
        return int(PAGE.read_text(encoding="utf-8") != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


def page() -> str:
    """The whole page; the same tests give the same text."""
    sys.path.insert(0, str(ROOT))
    from tests.spec.tables import TABLES

    modules = sorted(path.stem for path in (ROOT / "tests" / "spec").glob("test_*.py"))
    found = {name: importlib.import_module(f"tests.spec.{name}") for name in modules if name not in LEFT_OUT}
    lines = [HEAD]
    for module, tables in groupby(TABLES, key=lambda table: table.module):
        source = found.get(module.rpartition(".")[2])
        if source is not None:
            lines += [f"## {(source.__doc__ or '').strip()}", ""]
            for table in tables:
                lines += [*_table(table.name, table.caption, table.header, table.rows), ""]
    return "\n".join(lines)


def _table(name: str, caption: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield f"### {name.removeprefix('test_').replace('_', ' ').capitalize()}"
    yield ""
    yield caption
    yield ""
    yield f"| {' | '.join(map(_cell, header))} |"
    yield "|---" * len(header) + "|"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(text: str) -> str:
    escaped = text.replace("<", "&lt;").replace(">", "&gt;").replace("_", "\\_").replace("*", "\\*")
    return "–" if text == "-" else escaped


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
