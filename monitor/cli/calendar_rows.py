"""Open this to change what shares a line in the terminal calendar: by day around the day asked, by year far from it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import msgspec

from monitor.schedules.calendar import Alert, Item, State
from monitor.spans import add_months

NEEDS_ACTION = (State.OVERDUE, State.LATE, State.OPEN)  # most pressing first
_ORDER = (*NEEDS_ACTION, *(state for state in State if state not in NEEDS_ACTION))
_MONTHS_BACK, _MONTHS_AHEAD = 6, 12
_Group = tuple[dt.date, State, str, tuple[str, ...]]


class Row(msgspec.Struct, frozen=True):
    """One line: `when` heads a new month or year and is empty on the lines below it."""

    when: str
    day: str
    state: State
    names: str


def rows(items: Iterable[Item], *, on: dt.date) -> Iterator[Row]:
    """The items in order of time. What needs action has a line of its own day however long ago it was due."""
    first = add_months(on, -_MONTHS_BACK).replace(day=1)
    last = add_months(on.replace(day=1), _MONTHS_AHEAD + 1)
    before: list[Item] = []
    near: list[Item] = []
    after: list[Item] = []
    for item in items:
        if item.state in NEEDS_ACTION or first <= item.due_on < last:
            near.append(item)
        else:
            (before if item.due_on < first else after).append(item)
    yield from _by_year(before, note=_note("start", first))
    yield from _by_day(sorted(near, key=lambda item: (item.due_on, _ORDER.index(item.state))))
    yield from _by_year(after, note=_note("rest", last))


def actions(items: Iterable[Item]) -> list[list[Item]]:
    """What somebody must act on, most pressing first; items that differ in nothing but their name go together."""
    groups: dict[tuple[object, ...], list[Item]] = {}
    for item in sorted(
        (item for item in items if item.state in NEEDS_ACTION),
        key=lambda item: (NEEDS_ACTION.index(item.state), item.due_on),
    ):
        groups.setdefault(_all_but_name(item), []).append(item)
    return list(groups.values())


def reason(item: Item) -> tuple[str, str]:
    """Why it is due, and what is missing from it, which differs between items that are due together."""
    why, _, missing = item.because.partition("; missing: ")
    return why, missing


def alike(alerts: Iterable[Alert], *, titles: dict[str, str]) -> list[list[Alert]]:
    """Alerts in their order; neighbours that say the same of different streams go together."""

    def all_but_name(alert: Alert) -> tuple[object, ...]:
        stream = alert.topic.partition(":")[2]
        nameless = alert.because.replace(f"{stream}/", "/").replace(titles.get(stream, stream), "")
        return (alert.level, alert.audience, alert.since, alert.source, nameless)

    return [list(group) for _, group in groupby(alerts, key=all_but_name)]


def weekday(day: dt.date) -> str:
    """A date as it is written throughout: `2026-06-06 Sat`."""
    return f"{day} {day:%a}"


def _all_but_name(item: Item) -> tuple[object, ...]:
    dates = (item.due_on, item.suggested_on, item.opens_on, item.closes_on, item.moved_from)
    return (item.state, *dates, item.blocked_by, reason(item)[0])


def _note(words: str, edge: dt.date) -> Callable[[int], str]:
    """A year cut in two by the months shown day by day says so."""
    is_cut = edge.month != 1
    return lambda year: f"{year} {words}" if is_cut and year == edge.year else str(year)


def _by_year(items: list[Item], *, note: Callable[[int], str]) -> Iterator[Row]:
    for year, of_year in groupby(items, key=lambda item: item.due_on.year):
        when = note(year)
        found = sorted(of_year, key=lambda item: item.state)
        for state, of_state in groupby(found, key=lambda item: item.state):
            yield Row(when, "", state, _counted(of_state))
            when = ""


def _counted(items: Iterable[Item]) -> str:
    """`12 × cbc, creatinine; 4 × tsh`."""
    by_count: dict[int, list[str]] = {}
    for stream, count in sorted(Counter(item.stream for item in items).items()):
        by_count.setdefault(count, []).append(stream)
    return "; ".join(f"{count} × {', '.join(by_count[count])}" for count in sorted(by_count, reverse=True))


def _by_day(items: list[Item]) -> Iterator[Row]:
    for _, of_month in groupby(items, key=lambda item: (item.due_on.year, item.due_on.month)):
        found = list(of_month)
        when = f"{found[0].due_on:%b %Y}"
        for (_, state, day, held_by), of_day in _grouped(found):
            held = f" (held back: {', '.join(held_by)})" if held_by else ""
            yield Row(when, day, state, named(item.key for item in of_day) + held)
            when = ""


def _grouped(items: list[Item]) -> Iterable[tuple[_Group, list[Item]]]:
    groups: dict[_Group, list[Item]] = {}
    for item in items:
        groups.setdefault((item.due_on, item.state, _day(item), item.blocked_by), []).append(item)
    return groups.items()


def _day(item: Item) -> str:
    """`06 Sat`, and after an arrow the day that counts instead, where there is one."""
    due = f"{item.due_on:%d %a}"
    if item.state is State.DONE:
        instead = item.done_on
    else:
        instead = item.suggested_on if item.state in (State.PLANNED, *NEEDS_ACTION) else None
    if instead is None or instead == item.due_on:
        return due
    is_same_month = (instead.year, instead.month) == (item.due_on.year, item.due_on.month)
    return f"{due} → {instead:%d %a}" if is_same_month else f"{due} → {instead:%d %b %a}"


def named(keys: Iterable[str]) -> str:
    """`cbc, creatinine /1.3`: the streams that share the rest of their key, then that rest."""
    by_rest: dict[str, list[str]] = {}
    for key in keys:
        stream, _, rest = key.partition("/")
        by_rest.setdefault(rest, []).append(stream)
    return "; ".join(
        f"{streams[0]}/{rest}" if len(streams) == 1 else f"{', '.join(streams)} /{rest}"
        for rest, streams in by_rest.items()
    )
