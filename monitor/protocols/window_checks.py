"""Open this when a window, its rungs or its reminders are refused: what they must be, whatever they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from monitor.protocols.faults import Fault
from monitor.schedules.letters import Letter
from monitor.schedules.plan import NO_RUNGS, Rungs, Tighter, Visit
from monitor.schedules.recurrence import Window
from monitor.schedules.rungs import rung_days


def window_faults(window: Window, *, path: str, days_to_next: int | None) -> Iterator[Fault]:
    """`days_to_next`: the fewest days to the next occurrence, None where there is none to close the window."""
    if window.opens > 0:
        yield Fault(f"{path}.opens", "opens after the due date")
    if window.closes == "next":
        if days_to_next is None:
            yield Fault(f"{path}.closes", "nothing of this kind follows, so nothing closes it")
        elif days_to_next + window.opens <= 0:
            yield Fault(f"{path}.opens", "the next occurrence opens before this one is due")
    elif isinstance(window.closes, int) and window.closes < 1:
        yield Fault(f"{path}.closes", "closes before the due date is over")
    if window.overdue is None:
        return
    if window.overdue < 1:
        yield Fault(f"{path}.overdue", "overdue before the due date is over")
    if not _can_still_be_credited(window, days_to_next):
        yield Fault(f"{path}.overdue", "overdue only after the window has closed, so never")


def _can_still_be_credited(window: Window, days_to_next: int | None) -> bool:
    """Whether the window is still open on the first overdue day."""
    if window.overdue is None or window.closes == "never":
        return True
    if isinstance(window.closes, int):
        return window.overdue < window.closes
    return days_to_next is None or window.overdue < days_to_next + window.opens


def rungs_faults(rungs: Rungs, *, path: str, window: Window) -> Iterator[Fault]:
    """A later rung comes later; a rung and the state overdue go together; only what closes can be missed."""
    steps = [
        (name, days)
        for name, days in (("nurse", rungs.nurse), ("neurologist", rungs.neurologist), ("critical", rungs.critical))
        if days is not None
    ]
    yield from (Fault(f"{path}.{name}", "before the due date is over") for name, days in steps if days < 1)
    for (before, days), (name, later) in pairwise(steps):
        if later < days:
            yield Fault(f"{path}.{name}", f"earlier than the rung {before}")
    if rungs.critical_missed is not None and rungs.critical_missed < 1:
        yield Fault(f"{path}.critical_missed", "fewer than one")
    if rungs.critical_missed is not None and window.closes == "never":
        yield Fault(f"{path}.critical_missed", "a window that never closes is never missed")
    if rungs == NO_RUNGS and window.overdue is not None:
        yield Fault(path, "overdue, and nobody would be told")
    if rungs != NO_RUNGS and window.overdue is None:
        yield Fault(path, "somebody would be told of what is never overdue")
    yield from _letter_faults(rungs, path=f"{path}.letters")


def _letter_faults(rungs: Rungs, *, path: str) -> Iterator[Fault]:
    """A letter comes when somebody knows why it is sent, in order of time, once to each addressee on a day."""
    first = min(rung_days(rungs), default=None)
    seen: set[tuple[str, int]] = set()
    last = 0
    for place, letter in enumerate(rungs.letters):
        here = f"{path}[{place}].after"
        if first is None or letter.after < first:
            yield Fault(here, "asked for before anybody of the team is told")
        if letter.after < last:
            yield Fault(here, "not in order of time")
        if (letter.to, letter.after) in seen:
            yield Fault(here, "two letters to one addressee on a day")
        seen.add((letter.to, letter.after))
        last = letter.after


def reminder_faults(days: tuple[int, ...], *, path: str) -> Iterator[Fault]:
    """Reminders stand in order of time, each once."""
    for place, (day, following) in enumerate(pairwise(days), start=1):
        if following == day:
            yield Fault(f"{path}[{place}]", "named twice")
        elif following < day:
            yield Fault(f"{path}[{place}]", "not in order of time")


def tighter_faults(
    tighter: Iterable[Tighter], *, path: str, window: Window, count: int | None, usual: Rungs
) -> Iterator[Fault]:
    """Ranges lie inside the series, in order, apart, and each is watched at least as closely as the rest."""
    covered = 0
    for place, part in enumerate(tighter):
        here = f"{path}[{place}]"
        if part.first < 1:
            yield Fault(f"{here}.first", "occurrences are numbered from 1")
        if part.last < part.first:
            yield Fault(f"{here}.last", "before the first")
        if count is not None and part.last > count:
            yield Fault(f"{here}.last", f"the series has {count} occurrences")
        if part.first <= covered:
            yield Fault(f"{here}.first", "overlaps the range before it, or is not in order")
        covered = max(covered, part.last)
        yield from rungs_faults(part.rungs, path=f"{here}.rungs", window=window)
        yield from _looser(part.rungs, usual, path=f"{here}.rungs")


def _looser(rungs: Rungs, usual: Rungs, *, path: str) -> Iterator[Fault]:
    for name in ("nurse", "neurologist", "critical", "critical_missed"):
        days, usually = getattr(rungs, name), getattr(usual, name)
        if usually is not None and (days is None or days > usually):
            yield Fault(f"{path}.{name}", "looser than the usual rung")
    for letter in usual.letters:
        if not any(_is_at_least(other, letter) for other in rungs.letters):
            yield Fault(f"{path}.letters", f"looser than the usual letter to the {letter.to.value.replace('_', ' ')}")


def _is_at_least(letter: Letter, usual: Letter) -> bool:
    return letter.to is usual.to and letter.after <= usual.after and letter.registered >= usual.registered


def visit_faults(visit: Visit, *, path: str, days_to_next: int | None = None) -> Iterator[Fault]:
    """A dose stays owed until it is given or a person ends it: its window never closes."""
    yield from window_faults(visit.window, path=f"{path}.window", days_to_next=days_to_next)
    if visit.window.closes != "never":
        yield Fault(f"{path}.window.closes", "a dose is owed until it is given: never")
    if days_to_next is not None and -visit.window.opens >= days_to_next:
        yield Fault(f"{path}.window.opens", "opens before the previous dose can have been given")
    yield from rungs_faults(visit.rungs, path=f"{path}.rungs", window=visit.window)
    yield from reminder_faults(visit.reminders, path=f"{path}.reminders")
