"""The calendar of one history for a terminal: what is wrong first, then what to do, then the months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from monitor.cli.calendar_rows import actions, alike, reason, rows, weekday
from monitor.cli.history_shape import Answer
from monitor.cli.terminal import Paper
from monitor.protocols.protocol import Protocol
from monitor.schedules.calendar import Alert, Item, State, Warning
from monitor.terms import Level

_DAY = dt.timedelta(days=1)
_LEVEL_STYLE = {Level.CRITICAL: "bold, on red", Level.URGENT: "bold, red", Level.SOON: "yellow", Level.INFO: "cyan"}
_STATE_STYLE = {
    State.OVERDUE: "bold, red",
    State.LATE: "bold, yellow",
    State.OPEN: "bold, cyan",
    State.MISSED: "red",
    State.DONE: "green",
    State.PLANNED: "",
    State.WAIVED: "dim",
    State.CANCELLED: "dim",
}
_SHOUTED = (State.OVERDUE, State.LATE, State.OPEN)
_OVER = (State.DONE, State.WAIVED, State.CANCELLED)


def render(answer: Answer, protocol: Protocol, *, paper: Paper | None = None) -> str:
    """The answer as text, as wide as the terminal and coloured where colour is wanted; ends with an empty line."""
    lines = [line.rstrip() for line in _lines(answer, protocol, paper or Paper.of_standard_output())]
    return "\n".join((*lines, "", ""))


def _lines(answer: Answer, protocol: Protocol, paper: Paper) -> Iterator[str]:
    titles = {stream.id: stream.title for stream in protocol.rules.streams}
    titles[protocol.rules.doses.stream] = protocol.rules.doses.title
    yield from paper.paragraph(protocol.title, style="bold")
    yield from paper.paragraph(whose(answer), style="dim")
    yield ""
    yield from _dates(answer, paper)
    if answer.alerts:
        yield from _heading(paper, f"ALERTS ({len(answer.alerts)})")
        yield from _alerts(alike(answer.alerts, titles=titles), paper)
    if answer.warnings:
        yield from _heading(paper, f"WARNINGS ({len(answer.warnings)})")
        yield from _warnings(answer.warnings, paper)
    groups = actions(answer.items)
    if groups:
        yield from _heading(paper, f"TO DO ({sum(map(len, groups))})")
        yield from _to_do(groups, paper, titles=titles)
    note = "the day due → the day suggested, or on which it was done"
    yield from _heading(paper, f"CALENDAR ({len(answer.items)})", note)
    yield from _calendar(answer, paper)


def whose(answer: Answer) -> str:
    """Of whom, by which version and label, and on which day it was asked."""
    named = [] if answer.id is None else [str(answer.id)]
    asked = f"asked on {answer.on} {answer.on:%A}"
    return " · ".join([*named, answer.protocol, f"{answer.profile.upper()} label", asked])


def _dates(answer: Answer, paper: Paper) -> Iterator[str]:
    for label, day, otherwise in (
        ("Next dose", answer.next.dose, "none"),
        ("Next laboratory", answer.next.lab, "none"),
        ("Surveillance ends", answer.surveillance_ends_on, ""),
    ):
        text = otherwise if day is None else weekday(day)
        if text:
            yield from paper.row([(label, 17, "")], (text, "bold"))


def _heading(paper: Paper, words: str, note: str = "") -> Iterator[str]:
    yield ""
    yield paper.painted(words, "bold, underline") + (paper.painted(f"   {note}", "dim") if note else "")


def _alerts(groups: list[list[Alert]], paper: Paper) -> Iterator[str]:
    for group in groups:
        alert = group[0]
        topics = ", ".join(one.topic for one in group)
        likewise = "" if len(group) == 1 else " Likewise for the others."
        yield from paper.row(
            [(alert.level.upper(), 8, _LEVEL_STYLE[alert.level]), (alert.audience, 11, "")],
            (f"{topics}, since {weekday(alert.since)}", "bold"),
            (f"{alert.because} [{alert.source}]{likewise}", ""),
        )


def _warnings(warnings: Iterable[Warning], paper: Paper) -> Iterator[str]:
    width = max(len(warning.code) for warning in warnings)
    for warning in warnings:
        about = "" if warning.item is None else f"{warning.item}: "
        text = f"{about}{warning.because} [{warning.source}]"
        yield from paper.row([(warning.code, width, "yellow")], (text, ""))


def _to_do(groups: list[list[Item]], paper: Paper, *, titles: dict[str, str]) -> Iterator[str]:
    for group in groups:
        item = group[0]
        named = []
        for one in group:
            missing = reason(one)[1]
            lacks = f"; missing: {missing}" if missing else ""
            named.append((f"{one.key} {titles.get(one.stream, '')}{lacks} [{one.source}]", "bold"))
        cells = [_state(item.state, 7), (weekday(item.due_on), 14, "bold")]
        yield from paper.row(cells, (f"{reason(item)[0]}; {_window(item)}", ""), *named)


def _window(item: Item) -> str:
    """The dates around the due date, and what holds it back."""
    said = [f"suggested {weekday(item.suggested_on)}"] if item.suggested_on != item.due_on else []
    if item.moved_from is not None:
        said.append(f"moved from {weekday(item.moved_from)}")
    until = "stays open until done" if item.closes_on is None else f"open until {weekday(item.closes_on - _DAY)}"
    said.append(until)
    if item.blocked_by:
        said.append(f"held back by {', '.join(item.blocked_by)}")
    return ", ".join(said)


def _calendar(answer: Answer, paper: Paper) -> Iterator[str]:
    found = list(rows(answer.items, on=answer.on))
    first = max((len(row.when) for row in found), default=0)
    second = max((len(row.day) for row in found), default=0)
    for row in found:
        style = "bold" if row.state in _SHOUTED else ("dim" if row.state in _OVER else "")
        cells = [(row.when, first, "bold"), (row.day, second, style), _state(row.state, 9)]
        yield from paper.row(cells, (row.names, style))


def _state(state: State, width: int) -> tuple[str, int, str]:
    return (state.upper() if state in _SHOUTED else state, width, _STATE_STYLE[state])
