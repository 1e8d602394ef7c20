"""What a dose would change, for a terminal: the dates that lead, then what to heed, then every date that moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from monitor.cli.calendar_rows import named, weekday
from monitor.cli.supposing_shape import SupposingAnswer
from monitor.cli.terminal import Paper
from monitor.cli.terminal_calendar import whose
from monitor.protocols.protocol import Protocol
from monitor.schedules.difference import Change, Difference, Ending, Entry
from monitor.schedules.what_if import Supposed

_Listed = Entry | Ending


def render_supposed(answer: SupposingAnswer, protocol: Protocol, *, paper: Paper | None = None) -> str:
    """The what-if as text, as wide as the terminal and coloured where colour is wanted; ends with an empty line."""
    lines = [line.rstrip() for line in _lines(answer, protocol, paper or Paper.of_standard_output())]
    return "\n".join((*lines, "", ""))


def _lines(answer: SupposingAnswer, protocol: Protocol, paper: Paper) -> Iterator[str]:
    supposed, changes = answer.if_given, answer.if_given.changes
    yield from paper.paragraph(protocol.title, style="bold")
    yield from paper.paragraph(whose(answer), style="dim")
    yield ""
    yield from paper.paragraph(f"IF {_said(supposed.supposed)}", style="bold")
    yield from paper.paragraph("Nothing is recorded by asking.", style="dim")
    yield ""
    yield from _leading_dates(changes, paper)
    yield from _to_heed(changes, paper)
    yield from _lost(changes, paper)
    yield from _moved(changes, paper)
    yield from _listed("NEW ON THE CALENDAR", changes.appears, paper)
    yield from _listed("NO LONGER OWED", changes.disappears, paper)
    if changes.credited:
        yield from _heading(paper, f"DONE BY IT ({len(changes.credited)})")
        yield from paper.paragraph(named(credit.key for credit in changes.credited), indent=2)


def _said(given: Supposed) -> str:
    """The dose read back with its weekday, and how far that is from where it is due (H17)."""
    which = given.key if given.course is None else f"{given.key} (course {given.course}, day {given.day})"
    if given.due_on is None:
        return f"{which} is given on {weekday(given.on)}, though none is due"
    days = (given.on - given.due_on).days
    apart = "on its day" if days == 0 else f"{_days(abs(days))} {'after' if days > 0 else 'before'} its day"
    return f"{which} is given on {weekday(given.on)}, {apart} ({weekday(given.due_on)})"


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _leading_dates(changes: Difference, paper: Paper) -> Iterator[str]:
    for label, change in (
        ("Next dose", changes.next.dose),
        ("Next laboratory", changes.next.lab),
        ("Surveillance ends", changes.surveillance_ends_on),
    ):
        if change != Change(None, None):
            style = "bold" if change.before != change.after else ""
            yield from paper.row([(label, 17, "")], (_changed(change), style))


def _changed(change: Change) -> str:
    before, after = ("none" if day is None else weekday(day) for day in (change.before, change.after))
    return f"{before}, as before" if before == after else f"{before} → {after}"


def _heading(paper: Paper, words: str) -> Iterator[str]:
    yield ""
    yield paper.painted(words, "bold, underline")


def _to_heed(changes: Difference, paper: Paper) -> Iterator[str]:
    if changes.warnings:
        yield from _heading(paper, f"WARNINGS ({len(changes.warnings)})")
        width = max(len(warning.code) for warning in changes.warnings)
        for warning in changes.warnings:
            about = "" if warning.item is None else f"{warning.item}: "
            yield from paper.row(
                [(warning.code, width, "yellow")], (f"{about}{warning.because} [{warning.source}]", "")
            )
    for words, alerts in (("ALERTS THAT BEGIN", changes.alerts_begin), ("ALERTS THAT END", changes.alerts_end)):
        if alerts:
            yield from _heading(paper, f"{words} ({len(alerts)})")
            for alert in alerts:
                cells = [(alert.level.upper(), 8, ""), (alert.audience, 11, "")]
                yield from paper.row(cells, (f"{alert.topic}, since {weekday(alert.since)}", ""))


def _lost(changes: Difference, paper: Paper) -> Iterator[str]:
    if changes.uncredited:
        yield from _heading(paper, f"COUNTS NO MORE ({len(changes.uncredited)})")
        for lost in changes.uncredited:
            yield from paper.row([(lost.key, 20, "yellow")], (f"done on {weekday(lost.done_on)}", ""))
    if changes.windows:
        yield from _heading(paper, f"ANOTHER WINDOW ({len(changes.windows)})")
        for window in changes.windows:
            text = f"opens {_changed(window.opens_on)}; closes {_changed(window.closes_on)}"
            yield from paper.row([(window.key, 20, "yellow")], (text, ""))


def _moved(changes: Difference, paper: Paper) -> Iterator[str]:
    yield from _heading(paper, f"DATES THAT MOVE ({len(changes.moved)})")
    if not changes.moved:
        yield from paper.paragraph("none", indent=2)
    together = sorted(changes.moved, key=lambda move: (move.from_on, move.to_on, move.key))
    for (before, after), moves in groupby(together, key=lambda move: (move.from_on, move.to_on)):
        days = (after - before).days
        cells = [
            (f"{weekday(before)} → {weekday(after)}", 31, "bold"),
            (f"{'+' if days > 0 else '-'}{_days(abs(days))}", 9, ""),
        ]
        yield from paper.row(cells, (named(move.key for move in moves), ""))


def _listed(words: str, entries: Iterable[_Listed], paper: Paper) -> Iterator[str]:
    """One line a series: a new course brings and ends some two hundred items."""
    found = sorted(entries, key=_series)
    if not found:
        return
    yield from _heading(paper, f"{words} ({len(found)})")
    for _, group in groupby(found, key=_series):
        series = sorted(group, key=lambda entry: entry.due_on)
        first, last = series[0], series[-1]
        if first is last:
            keys, when = first.key, weekday(first.due_on)
        else:
            keys = f"{first.key} to {last.key.partition('/')[2]}"
            when = f"{len(series)} × from {weekday(first.due_on)} to {weekday(last.due_on)}"
        yield from paper.row([(keys, 26, "")], (when, ""))


def _series(entry: _Listed) -> tuple[str, str]:
    stream, _, rest = entry.key.partition("/")
    return stream, rest.partition(".")[0] if "." in rest else ""
