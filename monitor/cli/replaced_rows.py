"""Rows of a history that name each other: an id is one row's, and no row replaces itself in the end."""

from __future__ import annotations

from msgspec import UnsetType

from monitor.cli.history_shape import ResultIn
from monitor.terms import Unacceptable


def check_replaced_rows(rows: tuple[ResultIn, ...]) -> None:
    """Raises Unacceptable naming the first row that would make values vanish, and its member.

    What is replaced never counts: rows that replace each other would all be gone without a word, and so would a second
    row under an id that a correction names. The same row sent twice is the same row.
    """
    by_id: dict[str, ResultIn] = {}
    for place, row in enumerate(rows):
        if not isinstance(row.id, UnsetType) and by_id.setdefault(row.id, row) != row:
            raise Unacceptable("is the id of another row too", field=f"results[{place}].id")
    replaced = {name: row.replaces for name, row in by_id.items() if not isinstance(row.replaces, UnsetType)}
    in_circles = _in_circles(replaced)
    for place, row in enumerate(rows):
        if row.id in in_circles:
            raise Unacceptable("leads back to the row itself", field=f"results[{place}].replaces")


def _in_circles(replaced: dict[str, str]) -> set[str]:
    """The ids from which the way of what replaces what comes back to where it began."""
    found: set[str] = set()
    done: set[str] = set()
    for start in replaced:
        way: dict[str, int] = {}
        name: str | None = start
        while name is not None and name not in done and name not in way:
            way[name] = len(way)
            name = replaced.get(name)
        if name in way:
            found.update(one for one, step in way.items() if step >= way[name])
        done.update(way)
    return found
