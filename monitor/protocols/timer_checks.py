"""Open this when a `[[timers]]` of a protocol is refused: what a timer inside a visit must be."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.protocols.faults import Fault, authority, said
from monitor.protocols.protocol import Protocol
from monitor.schedules.visit_timers import VisitTimer

_A_DAY = 1440


def timer_faults(protocol: Protocol) -> Iterator[Fault]:
    """Everything wrong with the timers: names, lengths that no visit has, a label that is none of the profile."""
    taken: set[str] = set()
    for place, timer in enumerate(protocol.timers):
        path = f"timers[{place}]"
        yield from said((f"{path}.{name}", getattr(timer, name)) for name in ("id", "title", "source"))
        yield from _length_faults(timer, path)
        if timer.id in taken:
            yield Fault(f"{path}.id", f"another timer is called {timer.id!r}")
        taken.add(timer.id)
        yield from authority(timer, path=path, profiles=protocol.profiles)


def _length_faults(timer: VisitTimer, path: str) -> Iterator[Fault]:
    """A timer of no minutes prompts once, at its start; one that recurs or that somebody waits for has a length."""
    is_instant = timer.every is None and not timer.blocks_closing
    for name, least in (("minutes", 0 if is_instant else 1), ("every", 1), ("first_dose_minutes", 1)):
        minutes = getattr(timer, name)
        if minutes is not None and not least <= minutes <= _A_DAY:
            yield Fault(f"{path}.{name}", f"from {least} to {_A_DAY} minutes")
    if timer.every is not None and timer.every > timer.minutes:
        yield Fault(f"{path}.every", "longer than the timer runs")
