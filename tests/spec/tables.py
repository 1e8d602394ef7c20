"""How the clinical tables are written and checked: a table is text, each of its rows is one test."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.spec.builders import Story, shift

Check = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is written, for the tests and for the readers of `docs/clinical-rules.md`."""

    module: str
    name: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


TABLES: list[Table] = []


def table(text: str) -> Callable[[Check], Check]:
    """Columns are named by the first line and separated by bars; the caption is the docstring of the test.

    A column name becomes an argument, its spaces underscores; columns named by item keys are taken as `**states`.
    """
    header, *rows = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    names = [name.replace(" ", "_") for name in header]
    assert all(len(row) == len(names) for row in rows), "a row has a bar too many or too few"
    given = [pytest.param(dict(zip(names, row, strict=True)), id=" ".join(row)) for row in rows]

    def decorate(check: Check) -> Check:
        caption = inspect.cleandoc(check.__doc__ or "")
        TABLES.append(Table(check.__module__, check.__name__, caption, tuple(header), tuple(map(tuple, rows))))

        def each_row(row: dict[str, str]) -> None:
            check(**row)

        for name in ("__name__", "__qualname__", "__doc__", "__module__"):
            setattr(each_row, name, getattr(check, name))
        return pytest.mark.parametrize("row", given)(each_row)

    return decorate


def state_by_dates(day: str, *, due: str, opens: str, closes: str, overdue: str) -> str:
    """The state of an item that nobody did, waived or cancelled."""
    if closes != "never" and day >= closes:
        return "missed"
    if overdue != "never" and day >= overdue:
        return "overdue"
    if day > due:
        return "late"
    return "open" if day >= opens else "planned"


def check_window(story: Story, item: str, *, due: str, opens: str, closes: str, overdue: str) -> None:
    """The dates of an item that nobody did, and its state on both sides of each of them."""
    line = story.asked(opens).of(item)
    assert (line.due, line.opens, "never" if line.closes == "-" else line.closes) == (due, opens, closes)
    edges = [day for day in (opens, due, shift(due, 1), closes, overdue) if day != "never"]
    days = sorted({shift(day, by) for day in edges for by in (-1, 0)})
    expected = {day: state_by_dates(day, due=due, opens=opens, closes=closes, overdue=overdue) for day in days}
    assert {day: story.asked(day).state(item) for day in days} == expected


def check_rungs(story: Story, topic: str, *, nurse: str, neurologist: str, critical: str) -> None:
    """Whom the alert has reached on each rung, and that the day before it had not."""
    reached = {nurse: f"nurse soon {nurse}"}
    if neurologist != "-":
        reached[neurologist] = f"neurologist urgent {nurse}"
    if critical != "-":
        reached[critical] = f"neurologist critical {nurse}"
    expected: dict[str, str] = {}
    before = "-"
    for day, alert in sorted(reached.items()):
        expected |= {shift(day, -1): before, day: alert}
        before = alert
    expected[shift(max(reached), 60)] = before
    assert {day: story.asked(day).alert(topic) for day in expected} == expected
